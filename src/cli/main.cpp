// SPDX-License-Identifier: Apache-2.0
#include "program.hpp"

int main(int argc, char** argv) {
    return steelyard::cli::run_program({argv + 1, argv + argc});
}
