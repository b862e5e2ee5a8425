# MySQL Connector/C++ 1.1. Debian's libmysqlcppconn-dev depends on libboost-dev 1.74, which cannot be
# installed beside Boost 1.81; so only its headers are taken, out of the package file, into the build
# folder. The library itself comes from libmysqlcppconn7v5.

set(HOTLINE_CONNECTOR_INCLUDE_DIR "" CACHE PATH
    "Folder with cppconn/ and mysql_connection.h; empty: the system's, else unpacked from the package")

find_library(HOTLINE_CONNECTOR_LIBRARY NAMES mysqlcppconn libmysqlcppconn.so.7
    DOC "MySQL Connector/C++ 1.1 shared library")
if(NOT HOTLINE_CONNECTOR_LIBRARY)
    message(FATAL_ERROR "libmysqlcppconn.so.7 not found. Run: apt-get install libmysqlcppconn7v5")
endif()

function(hotline_unpack_connector_headers target_dir)
    find_program(APT_GET apt-get)
    find_program(DPKG_DEB dpkg-deb)
    if(NOT APT_GET OR NOT DPKG_DEB)
        message(FATAL_ERROR "The headers of MySQL Connector/C++ 1.1 are missing and apt-get/dpkg-deb "
            "are not here to fetch them. Set -DHOTLINE_CONNECTOR_INCLUDE_DIR=<folder with cppconn/>.")
    endif()
    file(MAKE_DIRECTORY ${target_dir})
    # apt warns that it downloads unsandboxed when the build folder is private; that is no failure.
    execute_process(COMMAND ${APT_GET} download libmysqlcppconn-dev
        WORKING_DIRECTORY ${target_dir} RESULT_VARIABLE failed OUTPUT_QUIET ERROR_VARIABLE message)
    file(GLOB package ${target_dir}/libmysqlcppconn-dev_*.deb)
    if(failed OR NOT package)
        message(FATAL_ERROR "apt-get download libmysqlcppconn-dev failed:\n${message}\n"
            "Run apt-get update, or set -DHOTLINE_CONNECTOR_INCLUDE_DIR=<folder with cppconn/>.")
    endif()
    list(GET package 0 package)
    execute_process(COMMAND ${DPKG_DEB} -x ${package} ${target_dir} RESULT_VARIABLE failed)
    if(failed)
        message(FATAL_ERROR "dpkg-deb could not unpack ${package}; delete ${target_dir} and try again")
    endif()
endfunction()

if(NOT HOTLINE_CONNECTOR_INCLUDE_DIR)
    find_path(HOTLINE_CONNECTOR_SYSTEM_INCLUDE cppconn/driver.h)
    if(HOTLINE_CONNECTOR_SYSTEM_INCLUDE)
        set(connector_include ${HOTLINE_CONNECTOR_SYSTEM_INCLUDE})
    else()
        set(connector_root ${CMAKE_BINARY_DIR}/connector)
        if(NOT EXISTS ${connector_root}/usr/include/cppconn/driver.h)
            hotline_unpack_connector_headers(${connector_root})
        endif()
        set(connector_include ${connector_root}/usr/include)
    endif()
else()
    set(connector_include ${HOTLINE_CONNECTOR_INCLUDE_DIR})
endif()
if(NOT EXISTS ${connector_include}/cppconn/driver.h)
    message(FATAL_ERROR "${connector_include} has no cppconn/driver.h")
endif()

add_library(hotline_mysql_connector INTERFACE)
target_include_directories(hotline_mysql_connector SYSTEM INTERFACE ${connector_include})
target_link_libraries(hotline_mysql_connector INTERFACE ${HOTLINE_CONNECTOR_LIBRARY})
