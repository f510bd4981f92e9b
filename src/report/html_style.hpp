// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace steelyard::report {

/// The style sheet of the page.  Holds neither `<` nor `&`, so that the page is XML as well.
std::string_view html_style();

}  // namespace steelyard::report
