// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/version.hpp"

namespace steelyard {

std::string_view version() {
    return STEELYARD_VERSION;
}

}  // namespace steelyard
