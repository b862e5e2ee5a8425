-- Run by MariaDB itself at each start of a private instance, before anybody is admitted (--init-file:
-- one statement a line). @names@ are filled in by whoever starts it.
-- hotline_owner lays out tables and seeds; hotline is the running server and gets its rights table by
-- table from grants.sql.
CREATE DATABASE IF NOT EXISTS `@schema@` CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
CREATE USER IF NOT EXISTS 'hotline_owner'@'localhost';
ALTER USER 'hotline_owner'@'localhost' IDENTIFIED BY '@owner_password@';
GRANT ALL PRIVILEGES ON `@schema@`.* TO 'hotline_owner'@'localhost' WITH GRANT OPTION;
CREATE USER IF NOT EXISTS 'hotline'@'localhost';
ALTER USER 'hotline'@'localhost' IDENTIFIED BY '@password@';
ALTER USER 'root'@'localhost' IDENTIFIED BY '@root_password@';
