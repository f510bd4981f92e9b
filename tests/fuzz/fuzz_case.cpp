// SPDX-License-Identifier: Apache-2.0
// Any bytes at all as a case file: either every problem is reported, or the case keeps its meaning through the
// canonical text.
#include "steelyard/core/error.hpp"
#include "steelyard/format/case_file.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace steelyard;
    const std::string text(data, data + size);
    Case subject;
    try {
        CaseFile file = read_case(text, "input.yaml");
        if (file.text != text)
            std::abort();  // the typed text must be kept byte for byte
        subject = std::move(file.value);
    } catch (const Error& error) {
        if (error.problems().empty())
            std::abort();  // refused without a reason
        return 0;
    }
    // What was read once must be written and read without a problem: an Error here is a crash.
    const std::string canonical = write_case(subject);
    const CaseFile again = read_case(canonical, "canonical.yaml");
    if (again.value != subject || write_case(again.value) != canonical)
        std::abort();
    return 0;
}
