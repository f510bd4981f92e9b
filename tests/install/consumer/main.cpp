// SPDX-License-Identifier: Apache-2.0
// A program of somebody else's, built against an installed steelyard.
#include <iostream>
#include <steelyard/core/version.hpp>

int main() {
    std::cout << "steelyard " << steelyard::version() << '\n';
}
