// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Files that are part of the program: the built page and the catalogue of sample cases.

#include <span>
#include <string_view>

namespace steelyard::http {

struct EmbeddedFile {
    std::string_view path;    ///< below its folder: `assets/index-4f2a.js`
    std::string_view bytes;   ///< as they are
    std::string_view gzip;    ///< compressed; empty where that is no shorter
    std::string_view sha256;  ///< of the bytes as they are
};

/// The page; empty in a build without one.
std::span<const EmbeddedFile> embedded_page();
std::span<const EmbeddedFile> embedded_cases();

}  // namespace steelyard::http
