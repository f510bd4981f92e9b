# SPDX-License-Identifier: Apache-2.0
# What the program says of itself: the manual page and the shells' completions, written by the program just built.
set(folder "${PROJECT_BINARY_DIR}/documents")
file(MAKE_DIRECTORY "${folder}")
set(documents "")

# steelyard_document(file destination arguments...): the program's output for the arguments, installed.
function(steelyard_document file destination)
  add_custom_command(OUTPUT "${folder}/${file}"
    COMMAND steelyard_program ${ARGN} > "${folder}/${file}"
    DEPENDS steelyard_program VERBATIM)
  list(APPEND documents "${folder}/${file}")
  set(documents "${documents}" PARENT_SCOPE)
  install(FILES "${folder}/${file}" DESTINATION "${destination}")
endfunction()

steelyard_document(steelyard.1 "${CMAKE_INSTALL_MANDIR}/man1" man)
steelyard_document(steelyard "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" completion bash)
steelyard_document(_steelyard "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" completion zsh)
steelyard_document(steelyard.fish "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" completion fish)
add_custom_target(program_documents ALL DEPENDS ${documents})
