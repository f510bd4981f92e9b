// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/model/case.hpp"

#include <string>

namespace steelyard::evidence {

/// What a number rests on: its own basis, or that of the bundle or obligation it belongs to.
Basis basis_of(const Case& subject, const std::string& pointer, const Number& number);

/// Where a claim ultimately comes from: the origin of its source, the source itself where none is stated, who
/// said it where it has no source.
std::string origin_of(const Case& subject, const Claim& claim);

}  // namespace steelyard::evidence
