// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/context.hpp"

#include "steelyard/core/error.hpp"

namespace steelyard {

void Context::check() const {
    if (cancel.requested())
        throw Error(ErrorKind::cancelled, "stopped on request");
}

}  // namespace steelyard
