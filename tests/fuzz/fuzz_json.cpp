// SPDX-License-Identifier: Apache-2.0
// Any bytes are JSON or an error; what reads is written, and from then on stays the same.
#include "steelyard/core/error.hpp"
#include "steelyard/format/json.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace steelyard;
    Value value;
    try {
        value = from_json({reinterpret_cast<const char*>(data), size});
    } catch (const Error&) {
        return 0;
    }
    // The first writing may round what has more digits than a double.
    const std::string text = to_json(from_json(to_json(value, 1)), 1);
    if (to_json(from_json(text), 1) != text)
        std::abort();
    return 0;
}
