// SPDX-License-Identifier: Apache-2.0
#pragma once
/// XML as a plain tree with places, for importers.

#include "steelyard/core/error.hpp"
#include "steelyard/core/value.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::format {

/// What an XML file may not exceed.
struct XmlLimits {
    static constexpr std::size_t depth = 32;
    static constexpr std::size_t elements = 200'000;
};

struct XmlElement {
    std::string name;
    Named<std::string> attributes;
    std::vector<XmlElement> children;
    std::string text;  ///< character data directly inside, joined
    Place place;       ///< of the opening tag

    /// The attribute's text, or nullptr.
    [[nodiscard]] const std::string* attribute(std::string_view attribute_name) const;
    /// The first child of that name, or nullptr.
    [[nodiscard]] const XmlElement* child(std::string_view child_name) const;
};

/// Reads a file to its root element.
///
/// Blanks before the declaration and a byte order mark are skipped; a declared encoding may be UTF-8, ASCII
/// or Latin-1.  Refused: document type declarations and every entity reference but the five of XML and
/// character numbers (so nothing expands and nothing is fetched), attributes that stand twice, control
/// characters, archives.
/// Throws `Error`: invalid_case, unsupported (encoding), limit.
XmlElement read_xml(std::string_view text, std::string_view file_name);

/// The element as a file: declaration, two spaces a level.  Reading gives an equal element (without places).
std::string write_xml(const XmlElement& root);

}  // namespace steelyard::format
