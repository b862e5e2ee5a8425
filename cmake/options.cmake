# Compiler options, the few imported libraries, and the two functions every folder uses.

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(OPENSSL REQUIRED IMPORTED_TARGET openssl)
pkg_check_modules(SPDLOG REQUIRED IMPORTED_TARGET spdlog)
pkg_check_modules(FMT REQUIRED IMPORTED_TARGET fmt)
pkg_check_modules(JEMALLOC REQUIRED IMPORTED_TARGET jemalloc)

add_library(hotline_options INTERFACE)
target_include_directories(hotline_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(hotline_options INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
    -Wno-missing-field-initializers  # designated initialisers leave the rest at its default
    # g++ 12 takes a coroutine frame's operator new for malloc.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>
    -Werror=return-type -fno-omit-frame-pointer)
# One translation unit compiles Asio and one compiles Beast (integrations/asio).
target_compile_definitions(hotline_options INTERFACE
    BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
    BOOST_ASIO_NO_DEPRECATED BOOST_ALLOW_DEPRECATED_HEADERS)
if(HOTLINE_SANITIZE)
    target_compile_options(hotline_options INTERFACE -fsanitize=${HOTLINE_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(hotline_options INTERFACE -fsanitize=${HOTLINE_SANITIZE})
endif()

# Forty programs are linked with most of the server in them: gold, which Debian's binutils bring, takes less than half the time.
find_program(HOTLINE_GOLD ld.gold)
if(HOTLINE_GOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_link_options(hotline_options INTERFACE -fuse-ld=gold)
endif()

# hotline_batch(TARGET FILES) — compiles so many files of a target as one: in a third of the time, where files cost less than
# the headers they begin with. The names in the unnamed namespaces of such a target have to differ from each other. Files
# with a UNITY_GROUP of their own are one with those of that group alone.
function(hotline_batch target files)
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "[.]cpp$")
    set(taken 0)
    foreach(source ${sources})
        get_source_file_property(group ${source} UNITY_GROUP)
        if(group STREQUAL "NOTFOUND")
            math(EXPR batch "${taken} / ${files}")
            set_source_files_properties(${source} PROPERTIES UNITY_GROUP batch_${batch})
            math(EXPR taken "${taken} + 1")
        endif()
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    # To the compiler these files are headers, where an unnamed namespace would be a mistake.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endfunction()

# hotline_library(NAME [BATCH FILES] DEPS ...) — a static library of all .cpp files of the calling folder.
# Sub-folders with a CMakeLists.txt of their own are not swept in.
function(hotline_library name)
    cmake_parse_arguments(LIB "" "BATCH" "DEPS;SUBDIRS" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS *.cpp *.hpp)
    foreach(subdir ${LIB_SUBDIRS})
        file(GLOB more CONFIGURE_DEPENDS ${subdir}/*.cpp ${subdir}/*.hpp)
        list(APPEND sources ${more})
    endforeach()
    add_library(${name} STATIC ${sources})
    set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
    target_link_libraries(${name} PUBLIC hotline_options ${LIB_DEPS})
    if(LIB_BATCH)
        hotline_batch(${name} ${LIB_BATCH})
    endif()
endfunction()

# hotline_test(NAME DIR [SEPARATE] DEPS ...) — one doctest binary of all *_test.cpp files in DIR.
function(hotline_test name dir)
    cmake_parse_arguments(TEST "SEPARATE" "" "DEPS" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${dir}/*_test.cpp)
    if(NOT sources)
        return()
    endif()
    add_executable(${name} ${sources})
    target_link_libraries(${name} PRIVATE hotline_doctest ${TEST_DEPS})
    add_test(NAME ${name} COMMAND ${name})
    # Assertions are most of a test, and optimising them most of its compilation; what they test is optimised.
    target_compile_options(${name} PRIVATE -O0)
    target_compile_definitions(${name} PRIVATE DOCTEST_CONFIG_SUPER_FAST_ASSERTS)
    if(NOT TEST_SEPARATE)
        hotline_batch(${name} 8)
    endif()
endfunction()

# hotline_measured(TEST LIBRARY REGEX) — lets a test program count which branches it takes in those files of a library
# whose paths fit. They are compiled once more: -O0 leaves every branch as it is written, and without exceptions, which
# the core neither throws nor lets through, the compiler adds none of its own. Linked before the library, they are the
# ones in use.
function(hotline_measured test library regex)
    get_target_property(sources ${library} SOURCES)
    list(FILTER sources INCLUDE REGEX "${regex}")
    add_library(${test}_measured OBJECT ${sources})
    target_link_libraries(${test}_measured PRIVATE hotline_options)
    target_compile_options(${test}_measured PRIVATE -O0 --coverage -fno-exceptions)
    # clang-tidy reads each file once.
    set_target_properties(${test}_measured PROPERTIES EXPORT_COMPILE_COMMANDS OFF)
    target_sources(${test} PRIVATE $<TARGET_OBJECTS:${test}_measured>)
    # What headers define is counted as well, unless a test has it in itself.
    target_compile_options(${test} PRIVATE -fno-inline)
    target_link_options(${test} PRIVATE --coverage)
endfunction()
