# SPDX-License-Identifier: Apache-2.0
# steelyard_module(name [DEPENDS modules...] [LIBRARIES targets...] [HEADERS targets...])
#   Makes static library steelyard_<name>, alias steelyard::<name>, of every .cpp in the calling folder, and
#   exports it. DEPENDS: modules declared before this one, passed on to users. LIBRARIES: outside libraries
#   to link. HEADERS: outside header-only libraries; an installed steelyard does not need them.
#   A module without sources is declared but makes no target; it becomes one when its first .cpp appears.
#
# steelyard_door(name [DEPENDS ...] [LIBRARIES ...] [HEADERS ...])
#   The same for a door that is a library of a program: it is not installed, and a consumer of Steelyard needs none
#   of its outside libraries.
#
# steelyard_embed(target name folder ending)
#   Makes the files of a folder (those with the ending, if any) part of the target: embedded_<name>() lists them.
#
# steelyard_program(name [DEPENDS ...] [LIBRARIES ...] [HEADERS ...])
#   The same for an executable (a door); its target is <name>_program.
#
# steelyard_compile_quickly(target)
#   For readers and doors, where a run spends no time: less optimisation, because compiling them is what a release build
#   from nothing spends most on.
#
# steelyard_umbrella()
#   steelyard::steelyard: every library module in one name.

function(steelyard_module name)
  steelyard_declare_(${name} "${ARGN}")
  if(NOT sources)
    return()
  endif()
  set(target steelyard_${name})
  add_library(${target} STATIC ${sources})
  add_library(steelyard::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  steelyard_configure_(${target} PUBLIC)
  install(TARGETS ${target} EXPORT steelyard ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  set_property(GLOBAL APPEND PROPERTY STEELYARD_LIBRARY_MODULES ${name})
endfunction()

function(steelyard_door name)
  steelyard_declare_(${name} "${ARGN}")
  add_library(steelyard_${name} STATIC ${sources})
  add_library(steelyard::${name} ALIAS steelyard_${name})
  steelyard_configure_(steelyard_${name} PUBLIC)
  target_include_directories(steelyard_${name} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
endfunction()

function(steelyard_embed target name folder ending)
  set(files "")
  if(folder)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS "${folder}/*")
  endif()
  set(source "${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp")
  set(script "${PROJECT_SOURCE_DIR}/cmake/SteelyardEmbed.cmake")
  add_custom_command(OUTPUT "${source}"
    COMMAND "${CMAKE_COMMAND}" -D "NAME=${name}" -D "FOLDER=${folder}" -D "OUTPUT=${source}"
      -D "WORK=${CMAKE_CURRENT_BINARY_DIR}/embedded" -D "GZIP=${STEELYARD_GZIP}" -D "ENDING=${ending}" -P "${script}"
    DEPENDS "${script}" ${files} VERBATIM)
  set_source_files_properties("${source}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE "${source}")
endfunction()

function(steelyard_program name)
  cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME folder)
  steelyard_declare_(${folder} "${ARGN}")
  if(NOT sources)
    return()
  endif()
  set(target ${name}_program)
  add_executable(${target} ${sources})
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name})
  steelyard_configure_(${target} PRIVATE)
  install(TARGETS ${target} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

function(steelyard_compile_quickly target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

function(steelyard_umbrella)
  get_property(modules GLOBAL PROPERTY STEELYARD_LIBRARY_MODULES)
  add_library(steelyard_all INTERFACE)
  add_library(steelyard::steelyard ALIAS steelyard_all)
  set_target_properties(steelyard_all PROPERTIES EXPORT_NAME steelyard)
  target_compile_features(steelyard_all INTERFACE cxx_std_20)
  list(TRANSFORM modules PREPEND steelyard_ OUTPUT_VARIABLE targets)
  target_link_libraries(steelyard_all INTERFACE ${targets})
  install(TARGETS steelyard_all EXPORT steelyard)

  # What each module may include, for tests/structure: "space: core model", lowest layer first.
  get_property(lines GLOBAL PROPERTY STEELYARD_LAYERS)
  list(JOIN lines "\n" text)
  file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/layers.txt" CONTENT "${text}\n" @ONLY)
endfunction()

# Reads the arguments, globs the sources, and records what the module may include.
macro(steelyard_declare_ name arguments)
  cmake_parse_arguments(arg "" "" "DEPENDS;LIBRARIES;HEADERS" ${arguments})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "module ${name}: unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  set(below "")
  foreach(dependency IN LISTS arg_DEPENDS)
    get_property(declared GLOBAL PROPERTY STEELYARD_BELOW_${dependency} SET)
    if(NOT declared)
      message(FATAL_ERROR "module ${name} names ${dependency}, which does not stand before it")
    endif()
    get_property(further GLOBAL PROPERTY STEELYARD_BELOW_${dependency})
    list(APPEND below ${further} ${dependency})
  endforeach()
  list(REMOVE_DUPLICATES below)
  set_property(GLOBAL PROPERTY STEELYARD_BELOW_${name} "${below}")
  list(JOIN below " " below_text)
  set_property(GLOBAL APPEND PROPERTY STEELYARD_LAYERS "${name}: ${below_text}")
endmacro()

macro(steelyard_configure_ target visibility)
  target_compile_features(${target} ${visibility} cxx_std_20)
  target_include_directories(${target} ${visibility}
    "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
    "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
  foreach(dependency IN LISTS arg_DEPENDS)
    if(TARGET steelyard_${dependency})
      target_link_libraries(${target} ${visibility} steelyard_${dependency})
    endif()
  endforeach()
  target_link_libraries(${target} PRIVATE fmt::fmt ${arg_LIBRARIES})
  foreach(library IN LISTS arg_HEADERS)
    target_include_directories(${target} SYSTEM PRIVATE
      "$<TARGET_PROPERTY:${library},INTERFACE_INCLUDE_DIRECTORIES>")
  endforeach()
endmacro()
