# SPDX-License-Identifier: Apache-2.0
# Installs the build BUILD into a fresh prefix, moves the prefix, and there builds and runs the project CONSUMER.
function(run name)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${name} failed (${status}):\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${WORK}")
run("install" "${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/first")
file(RENAME "${WORK}/first" "${WORK}/moved")

set(flags "")
if(SANITIZE)
  set(flags "-fsanitize=${SANITIZE}")
endif()
run("configure" "${CMAKE_COMMAND}" -G Ninja -S "${CONSUMER}" -B "${WORK}/consumer"
  "-DCMAKE_PREFIX_PATH=${WORK}/moved" "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_CXX_FLAGS=${flags}"
  "-DCMAKE_BUILD_TYPE=Debug")
run("build" "${CMAKE_COMMAND}" --build "${WORK}/consumer")
run("run" "${WORK}/consumer/consumer")
if(NOT output STREQUAL "steelyard ${VERSION}: 2 frontier points; at the low price seller falls short by 2\n")
  message(FATAL_ERROR "the consumer printed '${output}'")
endif()

# The installed program runs from where it stands, and what belongs to it is there.
run("version" "${WORK}/moved/bin/steelyard" --version)
if(NOT output MATCHES "${VERSION}")
  message(FATAL_ERROR "the installed program printed '${output}', not version ${VERSION}")
endif()
set(first "${WORK}/moved/share/steelyard/cases/belarus-us/2025-major-agreement.yaml")
run("check" "${WORK}/moved/bin/steelyard" check "${first}")
foreach(file IN ITEMS
    share/doc/steelyard/LICENSE
    share/man/man1/steelyard.1
    share/bash-completion/completions/steelyard
    share/zsh/site-functions/_steelyard
    share/fish/vendor_completions.d/steelyard.fish)
  if(NOT EXISTS "${WORK}/moved/${file}")
    message(FATAL_ERROR "not installed: ${file}")
  endif()
  file(SIZE "${WORK}/moved/${file}" size)
  if(size EQUAL 0)
    message(FATAL_ERROR "installed but empty: ${file}")
  endif()
endforeach()
