// SPDX-License-Identifier: Apache-2.0
#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    return steelyard::fuzz::import_anything("ktab", data, size);
}
