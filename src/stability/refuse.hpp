// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/core/error.hpp"

#include <string>
#include <utility>
#include <vector>

namespace steelyard::stability {

/// Throws one problem at a JSON Pointer of the case.
[[noreturn]] inline void refuse(ErrorKind kind, std::string pointer, std::string message,
                                std::string found = {}, std::string allowed = {}) {
    throw Error(
        kind,
        std::vector{Problem{
            {{}, 0, 0, std::move(pointer)}, std::move(message), std::move(found), std::move(allowed), {}}});
}

}  // namespace steelyard::stability
