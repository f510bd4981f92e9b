// SPDX-License-Identifier: Apache-2.0
// Any bytes are a filled form or an error; what was understood is within the bounds of its questions.
#include "steelyard/core/error.hpp"
#include "steelyard/store/panel.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace steelyard;
    store::FilledForm form;
    try {
        form = store::read_form({reinterpret_cast<const char*>(data), size}, "form");
    } catch (const Error&) {
        return 0;
    }
    if (form.case_id.empty() || form.reader.empty())
        std::abort();
    for (const store::Vote& vote : form.votes) {
        if (vote.reader != form.reader || (vote.impact && (*vote.impact < 0 || *vote.impact > 4)))
            std::abort();
    }
    return 0;
}
