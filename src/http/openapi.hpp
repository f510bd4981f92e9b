// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The interface as OpenAPI 3.1, from the table of routes and the registry.

#include "steelyard/core/value.hpp"

namespace steelyard::http {

Value openapi();

}  // namespace steelyard::http
