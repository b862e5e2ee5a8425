-- Which of the passwords that can be made for it the account's telephone in the browser has (integrations/telephony, T54).
ALTER TABLE account ADD COLUMN telephone_serial INT UNSIGNED NOT NULL DEFAULT 0;
