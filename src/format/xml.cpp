// SPDX-License-Identifier: Apache-2.0
#include "xml.hpp"

#include "utf8.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace steelyard::format {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::array<std::string_view, 5> kEntities{"amp", "lt", "gt", "quot", "apos"};

[[noreturn]] void refuse(Place place, std::string message, std::string found = {}, std::string allowed = {},
                         ErrorKind kind = ErrorKind::invalid_case) {
    throw Error(kind, std::vector{Problem{
                          std::move(place), std::move(message), std::move(found), std::move(allowed), {}}});
}

/// Line and column of byte offsets, asked for in rising order.
class Lines {
public:
    Lines(std::string_view text, std::string_view file) : text_(text), file_(file) {}

    Place at(std::size_t offset) {
        if (offset < at_)
            *this = Lines(text_, file_);
        for (; at_ < std::min(offset, text_.size()); ++at_) {
            const auto c = static_cast<unsigned char>(text_[at_]);
            if (c == '\n') {
                ++line_;
                column_ = 1;
            } else if ((c & 0xC0U) != 0x80U) {
                ++column_;
            }
        }
        return {std::string(file_), line_, column_, {}};
    }

private:
    std::string_view text_;
    std::string_view file_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t column_ = 1;
};

/// The encoding that the XML declaration names, in small letters; empty where it names none.
std::string declared_encoding(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos || !text.substr(begin).starts_with("<?xml"))
        return {};
    const std::string_view declaration = text.substr(begin, text.find("?>", begin) - begin);
    std::size_t at = declaration.find("encoding");
    at = declaration.find_first_of("\"'", at);
    if (at >= declaration.size())
        return {};
    const std::size_t end = declaration.find(declaration[at], at + 1);
    std::string name(declaration.substr(at + 1, end == std::string_view::npos ? end : end - at - 1));
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

std::string from_latin_1(std::string_view text) {
    std::string utf8;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (code < 0x80U) {
            utf8 += c;
        } else {
            utf8 += static_cast<char>(0xC0U | (code >> 6U));
            utf8 += static_cast<char>(0x80U | (code & 0x3FU));
        }
    }
    return utf8;
}

/// The offset of the first byte that is not UTF-8 or may not stand in XML; npos where all is well.
std::size_t first_bad_character(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Utf8 character = read_utf8(text, at);
        const bool blank = character.code == '\t' || character.code == '\n' || character.code == '\r';
        if (character.size == 0 || (character.code < 0x20U && !blank) || character.code == 0x7FU)
            return at;
        at += character.size;
    }
    return std::string_view::npos;
}

std::string decode(std::string_view text, std::string_view file) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        refuse({std::string(file), 1, 1, {}}, "the file is UTF-16", {}, "save the file as UTF-8");
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    const std::string encoding = declared_encoding(text);
    std::string decoded;
    if (encoding == "iso-8859-1" || encoding == "latin1")
        decoded = from_latin_1(text);
    else if (encoding.empty() || encoding == "utf-8" || encoding == "utf8" || encoding == "us-ascii" ||
             encoding == "ascii")
        decoded = text;
    else
        refuse({std::string(file), 1, 1, {}}, "an encoding that is not read", encoding,
               "utf-8, us-ascii, iso-8859-1", ErrorKind::unsupported);
    if (const std::size_t bad = first_bad_character(decoded); bad != std::string_view::npos) {
        refuse(Lines(decoded, file).at(bad), "a character that may not stand in XML",
               hexadecimal(static_cast<unsigned char>(decoded[bad])),
               "UTF-8 text without control characters");
    }
    return decoded;
}

/// Refuses document types and entities.  The parser below would leave them as they stand; a file that has
/// them is not what it seems to other programs.
void refuse_declarations(std::string_view text, std::string_view file) {
    const auto skip = [&](std::size_t at, std::string_view open, std::string_view close) {
        const std::size_t end = text.find(close, at + open.size());
        return end == std::string_view::npos ? text.size() : end + close.size();
    };
    for (std::size_t at = text.find_first_of("<&"); at < text.size(); at = text.find_first_of("<&", at)) {
        const std::string_view rest = text.substr(at);
        if (rest.starts_with("<!--")) {
            at = skip(at, "<!--", "-->");
        } else if (rest.starts_with("<![CDATA[")) {
            at = skip(at, "<![CDATA[", "]]>");
        } else if (rest.starts_with("<?")) {
            at = skip(at, "<?", "?>");
        } else if (rest.starts_with("<!")) {
            refuse(Lines(text, file).at(at), "document type declarations are not read",
                   std::string(rest.substr(0, rest.find_first_of(" \t\r\n>["))), "elements and comments");
        } else if (rest.front() == '&') {
            const std::size_t end = rest.find_first_not_of(
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-:", 1);
            const bool named = end != std::string_view::npos && end > 1 && rest[end] == ';';
            if (named && std::ranges::find(kEntities, rest.substr(1, end - 1)) == kEntities.end()) {
                refuse(Lines(text, file).at(at), "entities are not read",
                       std::string(rest.substr(0, end + 1)),
                       "&amp; &lt; &gt; &quot; &apos; and character numbers");
            }
            ++at;
        } else {
            ++at;
        }
    }
}

std::string_view in_words(pugi::xml_parse_status status) {
    switch (status) {
        case pugi::status_end_element_mismatch:
            return "a closing tag that does not fit the opening one";
        case pugi::status_bad_start_element:
            return "an opening tag that is not well formed";
        case pugi::status_bad_attribute:
            return "an attribute that is not well formed";
        case pugi::status_bad_end_element:
            return "a closing tag that is not well formed";
        case pugi::status_no_document_element:
            return "no element at all";
        case pugi::status_bad_comment:
            return "a comment that is never closed";
        case pugi::status_bad_cdata:
            return "a CDATA section that is never closed";
        default:
            return "this is not well-formed XML";
    }
}

/// Where the tag begins; the parser knows where its name does.
std::size_t start_of(const pugi::xml_node& node) {
    const std::ptrdiff_t name = node.offset_debug();
    return name > 0 ? static_cast<std::size_t>(name) - 1 : 0;
}

class TreeMaker {
public:
    TreeMaker(std::string_view text, std::string_view file) : lines_(text, file) {}

    XmlElement element(const pugi::xml_node& node, std::size_t depth) {
        XmlElement result;
        result.name = node.name();
        result.place = lines_.at(start_of(node));
        if (depth > XmlLimits::depth)
            refuse(result.place, "elements stand too deep inside each other", {},
                   "at most " + std::to_string(XmlLimits::depth) + " levels", ErrorKind::limit);
        if (++count_ > XmlLimits::elements)
            refuse(result.place, "the file has too many elements", {},
                   "at most " + std::to_string(XmlLimits::elements), ErrorKind::limit);
        for (const pugi::xml_attribute& attribute : node.attributes()) {
            if (result.attribute(attribute.name()) != nullptr)
                refuse(result.place, "the same attribute twice", attribute.name(), "each attribute once");
            result.attributes.emplace_back(attribute.name(), checked(attribute.value(), result.place));
        }
        for (const pugi::xml_node& child : node.children()) {
            if (child.type() == pugi::node_element)
                result.children.push_back(element(child, depth + 1));
            else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
                result.text += checked(child.value(), result.place);
        }
        return result;
    }

private:
    /// Character numbers may smuggle in what the file itself may not contain.
    static std::string checked(std::string text, const Place& place) {
        if (const std::size_t bad = first_bad_character(text); bad != std::string::npos)
            refuse(place, "a character that may not stand in XML",
                   hexadecimal(static_cast<unsigned char>(text[bad])), "text without control characters");
        return text;
    }

    Lines lines_;
    std::size_t count_ = 0;
};

void write_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\t':
            case '\n':
            case '\r':  // a reader would make blanks of them
                out += "&#" + std::to_string(static_cast<int>(c)) + ';';
                break;
            default:
                out += c;
        }
    }
}

void write_element(std::string& out, const XmlElement& element, std::size_t level) {
    out.append(2 * level, ' ');
    out += '<' + element.name;
    for (const auto& [name, value] : element.attributes) {
        out += ' ' + name + "=\"";
        write_escaped(out, value);
        out += '"';
    }
    if (element.children.empty() && element.text.empty()) {
        out += "/>\n";
        return;
    }
    out += '>';
    write_escaped(out, element.text);
    if (!element.children.empty()) {
        out += '\n';
        for (const XmlElement& child : element.children)
            write_element(out, child, level + 1);
        out.append(2 * level, ' ');
    }
    out += "</" + element.name + ">\n";
}

}  // namespace

const std::string* XmlElement::attribute(std::string_view attribute_name) const {
    const auto found = std::ranges::find(attributes, attribute_name,
                                         [](const auto& pair) { return std::string_view(pair.first); });
    return found == attributes.end() ? nullptr : &found->second;
}

const XmlElement* XmlElement::child(std::string_view child_name) const {
    const auto found =
        std::ranges::find(children, child_name, [](const XmlElement& c) { return std::string_view(c.name); });
    return found == children.end() ? nullptr : &*found;
}

XmlElement read_xml(std::string_view text, std::string_view file_name) {
    const std::string decoded = decode(text, file_name);
    refuse_declarations(decoded, file_name);
    pugi::xml_document document;
    const pugi::xml_parse_result result =
        document.load_buffer(decoded.data(), decoded.size(), pugi::parse_default, pugi::encoding_utf8);
    if (!result)
        refuse(Lines(decoded, file_name).at(static_cast<std::size_t>(result.offset)),
               std::string(in_words(result.status)), {}, "well-formed XML");
    TreeMaker maker(decoded, file_name);
    XmlElement root = maker.element(document.document_element(), 1);
    if (const pugi::xml_node second = document.document_element().next_sibling())
        refuse(Lines(decoded, file_name).at(start_of(second)), "something stands behind the root element",
               second.name(), "one root element");
    return root;
}

std::string write_xml(const XmlElement& root) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    write_element(out, root, 0);
    return out;
}

}  // namespace steelyard::format
