# SPDX-License-Identifier: Apache-2.0
# Where the page of the workbench comes from.
#   prebuilt   the built files that are kept in web/prebuilt; needs nothing else
#   build      built now from web/, with node 20.19 or newer
#   auto       build where node and web/node_modules are there, otherwise prebuilt
#   off        no page: only the HTTP interface
# A test holds web/prebuilt to the sources, so the first three give the same page.
set(STEELYARD_UI "prebuilt" CACHE STRING "Page of the workbench: auto, build, prebuilt or off")
set_property(CACHE STEELYARD_UI PROPERTY STRINGS auto build prebuilt off)

# Sets `folder` to the folder of the built page, empty for none.
function(steelyard_page folder)
  set(choice "${STEELYARD_UI}")
  if(NOT choice MATCHES "^(auto|build|prebuilt|off)$")
    message(FATAL_ERROR "STEELYARD_UI is '${choice}'; it may be auto, build, prebuilt or off")
  endif()
  if(choice STREQUAL "auto" AND NOT IS_DIRECTORY "${PROJECT_SOURCE_DIR}/web/node_modules")
    set(choice "prebuilt")
  endif()
  set(page "${PROJECT_SOURCE_DIR}/web/prebuilt")
  if(choice STREQUAL "off")
    set(page "")
  elseif(NOT choice STREQUAL "prebuilt")
    set(built "${PROJECT_BINARY_DIR}/page")
    execute_process(COMMAND "${PROJECT_SOURCE_DIR}/scripts/page.sh" build "${built}"
      RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
    if(status EQUAL 0)
      set(page "${built}")
      # A change of the page asks for a new configuration, which builds it again.
      file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/web/src/*" "${PROJECT_SOURCE_DIR}/web/public/*")
      set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources})
    elseif(choice STREQUAL "build" OR NOT status EQUAL 77)
      message(FATAL_ERROR "The page could not be built:\n${said}")
    else()
      message(STATUS "The page is not built but taken from web/prebuilt: ${said}")
    endif()
  endif()
  set(${folder} "${page}" PARENT_SCOPE)
endfunction()
