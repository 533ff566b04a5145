# SPDX-License-Identifier: MIT
# Compiler settings shared by all targets, on one interface target, and the helper that makes a folder a library.

option(LOGSTREAM_TESTS "build the tests" ON)
option(LOGSTREAM_BENCH "build the benchmarks" ON)
option(LOGSTREAM_WERROR "treat warnings as errors" OFF)
set(LOGSTREAM_SANITIZE "" CACHE STRING "sanitizers to build with, as -fsanitize takes them: address,undefined or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
mark_as_advanced(CCACHE)
if(CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

# A dependency that only an included header needs shall not become one of the package.
add_link_options(LINKER:--as-needed)

add_library(logstream_settings INTERFACE)
target_include_directories(logstream_settings INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(logstream_settings INTERFACE -Wall -Wextra -Wpedantic $<$<BOOL:${LOGSTREAM_WERROR}>:-Werror>)
# At -O3 g++ 12 sees overlapping copies in std::string's operator+ (GCC bug 105651) and unset members in moved variants, where
# there are none; clang and the sanitizers keep watch over the real ones.
target_compile_options(logstream_settings INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
target_compile_definitions(logstream_settings INTERFACE
  LOGSTREAM_VERSION="${PROJECT_VERSION}" $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
if(LOGSTREAM_SANITIZE)
  target_compile_definitions(logstream_settings INTERFACE _GLIBCXX_ASSERTIONS)
  target_compile_options(logstream_settings INTERFACE
    -fsanitize=${LOGSTREAM_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(logstream_settings INTERFACE -fsanitize=${LOGSTREAM_SANITIZE})
  if(LOGSTREAM_SANITIZE MATCHES "undefined")
    # CAF's headers bind null references in init_fun_factory on every spawn of a function actor.
    target_compile_options(logstream_settings INTERFACE -fno-sanitize=null)
  endif()
endif()

# logstream_library(NAME LINK targets...): the static library logstream_NAME of all sources below folder NAME; a folder that
# has headers only becomes an interface library.
function(logstream_library name)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${name}/*.cpp")
  list(REMOVE_ITEM sources "${CMAKE_SOURCE_DIR}/app/main.cpp")
  if(sources)
    add_library(logstream_${name} STATIC ${sources})
    target_link_libraries(logstream_${name} PUBLIC logstream_settings ${arg_LINK})
  else()
    add_library(logstream_${name} INTERFACE)
    target_link_libraries(logstream_${name} INTERFACE logstream_settings ${arg_LINK})
  endif()
endfunction()
