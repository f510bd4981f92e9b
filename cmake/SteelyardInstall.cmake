# SPDX-License-Identifier: Apache-2.0
include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/steelyard")

install(EXPORT steelyard NAMESPACE steelyard:: FILE steelyard-targets.cmake DESTINATION "${package_dir}")
configure_package_config_file(
  cmake/steelyard-config.cmake.in "${PROJECT_BINARY_DIR}/steelyard-config.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/steelyard-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/steelyard-config.cmake"
  "${PROJECT_BINARY_DIR}/steelyard-config-version.cmake"
  DESTINATION "${package_dir}")

install(DIRECTORY include/steelyard DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp"
  PATTERN "http" EXCLUDE) # the server is part of the program
if(EXISTS "${PROJECT_SOURCE_DIR}/cases")
  install(DIRECTORY cases/ DESTINATION ${CMAKE_INSTALL_DATADIR}/steelyard/cases)
endif()
if(TARGET steelyard_program)
  include(SteelyardDocuments)
endif()
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
