# What `wicket schema` needs: included behind add_library(wicket_cli …).
#
# The schemas of our own output become string literals in the build tree. A changed schema configures anew.
foreach(name diagnostics decision routes test test-report replay config-dump settings baseline)
  set(schema ${CMAKE_SOURCE_DIR}/schemas/${name}.schema.json)
  file(READ ${schema} WICKET_SCHEMA_${name})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${schema})
endforeach()
configure_file(schema_text.cc.in ${CMAKE_CURRENT_BINARY_DIR}/schema_text.cc @ONLY)
target_sources(wicket_cli PRIVATE schema_kind.cc ${CMAKE_CURRENT_BINARY_DIR}/schema_text.cc)
