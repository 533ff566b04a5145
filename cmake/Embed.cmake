# Makes the bytes of a file a function of the program.

# logstream_embed(TARGET FILE HEADER FUNCTION): `std::string_view FUNCTION()` of namespace logstream::http, which HEADER
# declares, returns the content of FILE. A changed FILE is embedded anew by the next build.
function(logstream_embed target file header function)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${file}")
  file(READ "${CMAKE_SOURCE_DIR}/${file}" content)
  set(source "${CMAKE_BINARY_DIR}/embedded/${function}.cpp")
  file(CONFIGURE OUTPUT "${source}" CONTENT [[
#include "@header@"

namespace logstream::http {

std::string_view @function@() { return R"embedded(@content@)embedded"; }

}  // namespace logstream::http
]] @ONLY)
  target_sources(${target} PRIVATE "${source}")
endfunction()
