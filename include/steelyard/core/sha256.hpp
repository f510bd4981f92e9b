// SPDX-License-Identifier: Apache-2.0
#pragma once
/// SHA-256, the fingerprint of cases, snapshots and spans.

#include <string>
#include <string_view>

namespace steelyard {

/// The SHA-256 of the bytes, as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace steelyard
