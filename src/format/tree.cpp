// SPDX-License-Identifier: Apache-2.0
#include "tree.hpp"

#include "steelyard/format/case_file.hpp"
#include "utf8.hpp"

#include <yaml.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace steelyard::format {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Byte offsets of character numbers, which is what libyaml counts.  A checkpoint every 64 characters keeps
/// a look-up short on lines of any length.
class CharacterOffsets {
public:
    explicit CharacterOffsets(std::string_view text) : text_(text) {
        std::size_t count = 0;
        for (std::size_t at = 0; at < text.size(); at = after(at), ++count) {
            if (count % kStep == 0)
                checkpoints_.push_back(at);
        }
    }

    [[nodiscard]] std::size_t of(std::size_t character) const {
        const std::size_t checkpoint = character / kStep;
        if (checkpoint >= checkpoints_.size())
            return text_.size();
        std::size_t at = checkpoints_[checkpoint];
        for (std::size_t i = character % kStep; i > 0 && at < text_.size(); --i)
            at = after(at);
        return at;
    }

private:
    static constexpr std::size_t kStep = 64;

    [[nodiscard]] std::size_t after(std::size_t at) const {
        return at + std::max<std::size_t>(1, read_utf8(text_, at).size);
    }

    std::string_view text_;
    std::vector<std::size_t> checkpoints_;
};

/// One event of libyaml, freed with its scope.
class Event {
public:
    Event() = default;
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    Event(Event&& other) noexcept : event_(std::exchange(other.event_, {})) {}
    Event& operator=(Event&& other) noexcept {
        std::swap(event_, other.event_);
        return *this;
    }
    ~Event() { yaml_event_delete(&event_); }

    yaml_event_t* operator->() { return &event_; }
    yaml_event_t* get() { return &event_; }

private:
    yaml_event_t event_{};
};

std::string_view text_of(const yaml_char_t* text, std::size_t length) {
    return {reinterpret_cast<const char*>(text), length};
}

/// What libyaml says, in words for somebody who does not know its rules.
struct Translation {
    std::string_view theirs;
    std::string_view ours;
    std::string_view allowed;
};

constexpr std::array kTranslations{
    Translation{"mapping values are not allowed in this context", "a colon where none can stand",
                "put a text that contains ': ' in quotes, or mend the indentation"},
    Translation{"found character that cannot start any token", "a text may not begin with this character",
                "put the text in quotes"},
    Translation{"did not find expected key", "the line does not fit the lines above it",
                "the same indentation as its neighbours, or quotes around a text"},
    Translation{"did not find expected '-' indicator", "a list item without its '- '",
                "the same indentation as its neighbours"},
    Translation{"did not find expected ',' or '}'", "a ',' or the closing '}' is missing", "{a: 1, b: 2}"},
    Translation{"did not find expected ',' or ']'", "a ',' or the closing ']' is missing", "[a, b]"},
    Translation{"could not find expected ':'", "a key without ':'",
                "key: value, with a space behind the colon"},
    Translation{"block sequence entries are not allowed in this context", "a list item where none can stand",
                "begin the list on its own line, under its key"},
    Translation{"did not find expected node content", "something is missing here",
                "a text, a number, [..] or {..}"},
    Translation{"did not find expected <document start>", "the text goes on after its end",
                "one case in a file, its keys at the left margin"},
    Translation{"found a tab character that violates indentation", "a tab in the indentation", "spaces"},
};

class Builder {
public:
    Builder(std::string_view text, std::size_t skipped, Tree& tree)
        : text_(text), skipped_(skipped), offsets_(text), tree_(tree) {
        yaml_parser_initialize(&parser_);
        yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                     text.size());
    }
    Builder(const Builder&) = delete;
    Builder& operator=(const Builder&) = delete;
    ~Builder() { yaml_parser_delete(&parser_); }

    void build() {
        bool found = false;
        Event event;
        while (next(event) && event->type != YAML_STREAM_END_EVENT) {
            if (event->type == YAML_STREAM_START_EVENT || event->type == YAML_DOCUMENT_END_EVENT)
                continue;
            if (event->type == YAML_DOCUMENT_START_EVENT && !found)
                continue;
            if (found) {
                complain(mark(event->start_mark), "a second document", "---", "one case in a file");
                return;
            }
            found = true;
            tree_.root = node(event, 0);
        }
        if (!found && !tree_.broken) {
            complain({1, 1, 0}, "the file is empty", {}, "a case: see the reference of the case format");
            tree_.broken = true;
        }
    }

private:
    bool next(Event& event) {
        event = Event();
        if (tree_.broken)
            return false;
        if (yaml_parser_parse(&parser_, event.get()) == 1)
            return true;
        tree_.broken = true;
        report_parser();
        return false;
    }

    void complain(Mark at, std::string message, std::string found, std::string allowed) {
        tree_.problems.push_back({Place{{}, at.line, at.column, {}},
                                  std::move(message),
                                  std::move(found),
                                  std::move(allowed),
                                  {}});
    }

    void give_up(Mark at, std::string message, std::string found, std::string allowed) {
        complain(at, std::move(message), std::move(found), std::move(allowed));
        tree_.broken = true;
    }

    [[nodiscard]] Mark mark(const yaml_mark_t& mark) const {
        return {mark.line + 1, mark.column + 1, skipped_ + offsets_.of(mark.index)};
    }

    /// Whether the white space around `offset` contains a tab, the most common reason for odd errors.
    [[nodiscard]] bool tab_near(std::size_t offset) const {
        const std::size_t line = text_.find_last_of("\r\n", offset == 0 ? 0 : offset - 1);
        const std::size_t begin = line == std::string_view::npos ? 0 : line + 1;
        const std::size_t content = std::min(text_.find_first_not_of(" \t", begin), text_.size());
        return text_.substr(begin, content - begin).find('\t') != std::string_view::npos ||
               (offset < text_.size() && text_[offset] == '\t');
    }

    void report_parser() {
        const std::string_view theirs = parser_.problem == nullptr ? "the text is not YAML" : parser_.problem;
        if (theirs == "found unexpected end of stream") {  // better shown where the quotes open
            complain(mark(parser_.context_mark), "a quoted text has no closing quote", {},
                     "the same quote at its end");
            return;
        }
        const Mark at = mark(parser_.problem_mark);
        if (tab_near(at.offset - skipped_)) {
            complain(at, "a tab in the indentation", "\\t", "spaces");
            return;
        }
        const auto* known = std::ranges::find(kTranslations, theirs, &Translation::theirs);
        std::string message(known == kTranslations.end() ? theirs : known->ours);
        if (parser_.context != nullptr && parser_.context_mark.line != parser_.problem_mark.line)
            message += "; this part began on line " + std::to_string(parser_.context_mark.line + 1);
        const std::size_t from = at.offset - skipped_;
        std::string found(text_.substr(std::min(from, text_.size()), 1));
        if (!found.empty() && static_cast<unsigned char>(found[0]) < 0x21)
            found.clear();
        complain(at, std::move(message), static_cast<unsigned char>(found[0]) < 0x80 ? found : std::string(),
                 std::string(known == kTranslations.end() ? "" : known->allowed));
    }

    /// Anchors and tags change what a text means behind the reader's back.
    void refuse_marks(const yaml_event_t& event) {
        const yaml_char_t* anchor = nullptr;
        const yaml_char_t* tag = nullptr;
        if (event.type == YAML_SCALAR_EVENT) {
            anchor = event.data.scalar.anchor;
            tag = event.data.scalar.tag;
        } else if (event.type == YAML_SEQUENCE_START_EVENT) {
            anchor = event.data.sequence_start.anchor;
            tag = event.data.sequence_start.tag;
        } else if (event.type == YAML_MAPPING_START_EVENT) {
            anchor = event.data.mapping_start.anchor;
            tag = event.data.mapping_start.tag;
        }
        const Mark at = mark(event.start_mark);
        const std::string_view rest = text_.substr(at.offset - skipped_, 40);
        const std::string typed(rest.substr(0, rest.find_first_of(" ,]}\r\n")));
        if (anchor != nullptr)
            complain(at, "anchors are not allowed", typed,
                     "write the value out; put a text that begins with '&' in quotes");
        if (tag != nullptr)
            complain(at, "tags are not allowed", typed,
                     "leave it out: the key decides the type; put a text that begins with '!' in quotes");
    }

    Node node(Event& event, std::size_t depth) {
        Node result;
        result.begin = mark(event->start_mark);
        result.end = mark(event->end_mark).offset;
        refuse_marks(*event.get());
        if (++values_ > CaseLimits::values) {
            give_up(result.begin, "the file holds too many values", {},
                    "at most " + std::to_string(CaseLimits::values));
            return result;
        }
        if (depth > CaseLimits::depth) {
            give_up(result.begin, "lists and maps stand too deep inside each other", {},
                    "at most " + std::to_string(CaseLimits::depth) + " levels");
            return result;
        }
        switch (event->type) {
            case YAML_SCALAR_EVENT:
                scalar(*event.get(), result);
                break;
            case YAML_ALIAS_EVENT:
                complain(result.begin, "aliases are not allowed",
                         '*' + std::string(reinterpret_cast<const char*>(event->data.alias.anchor)),
                         "write the value out; put a text that begins with '*' in quotes");
                break;
            case YAML_SEQUENCE_START_EVENT:
                result.kind = Node::Kind::list;
                result.flow = event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
                list(result, depth);
                break;
            default:  // YAML_MAPPING_START_EVENT: the parser's grammar leaves nothing else
                result.kind = Node::Kind::map;
                result.flow = event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
                map(result, depth);
                break;
        }
        return result;
    }

    void scalar(const yaml_event_t& event, Node& result) {
        result.plain = event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        result.text = text_of(event.data.scalar.value, event.data.scalar.length);
        if (result.text.find('\0') != std::string::npos)
            complain(result.begin, "a text contains the character NUL", "\\0", "leave it out");
    }

    /// A block list or map ends where its last part does; libyaml's mark lies behind the comments that follow.
    void close(Node& result, Event& event) {
        result.open = tree_.broken;
        if (tree_.broken)
            return;
        if (result.flow)
            result.end = mark(event->end_mark).offset;
        else if (!result.items.empty())
            result.end = result.items.back().end;
    }

    /// Whether a limit was passed at this very node, which then says nothing.
    [[nodiscard]] bool gave_up_at(const Node& part) const {
        return tree_.broken && part.kind == Node::Kind::scalar;
    }

    bool too_many(const Node& result) {
        if (result.items.size() < CaseLimits::entries)
            return false;
        give_up(result.begin, "a list or map has too many entries", {},
                "at most " + std::to_string(CaseLimits::entries));
        return true;
    }

    void list(Node& result, std::size_t depth) {
        Event event;
        while (next(event) && event->type != YAML_SEQUENCE_END_EVENT && !too_many(result)) {
            Node item = node(event, depth + 1);
            if (gave_up_at(item))
                break;
            result.items.push_back(std::move(item));
        }
        close(result, event);
    }

    void map(Node& result, std::size_t depth) {
        std::unordered_map<std::string, std::size_t> lines;
        Event event;
        while (next(event) && event->type != YAML_MAPPING_END_EVENT && !too_many(result)) {
            Node key = node(event, depth + 1);
            if (!next(event))
                break;
            Node value = node(event, depth + 1);
            if (gave_up_at(value))
                break;
            if (key.kind != Node::Kind::scalar || key.text.size() > CaseLimits::key_bytes ||
                key.text.find_first_of("\r\n") != std::string::npos) {
                complain(key.begin, "this cannot be a key", {},
                         "a name of one line, at most " + std::to_string(CaseLimits::key_bytes) + " bytes");
                continue;
            }
            const auto [first, fresh] = lines.emplace(key.text, key.begin.line);
            if (!fresh) {
                complain(
                    key.begin,
                    "the same key twice; it stands on line " + std::to_string(first->second) + " already",
                    key.text, "each key once");
                continue;
            }
            result.keys.push_back(std::move(key));
            result.items.push_back(std::move(value));
        }
        close(result, event);
    }

    std::string_view text_;
    std::size_t skipped_;
    CharacterOffsets offsets_;
    Tree& tree_;
    yaml_parser_t parser_{};
    std::size_t values_ = 0;
};

/// Replaces what no text file may contain by question marks, so that the rest can be read, and reports it.
std::string printable(std::string_view text, std::size_t skipped, Tree& tree) {
    constexpr std::size_t kMost = 20;
    std::string clean(text);
    Mark at{1, 1, skipped};
    for (std::size_t i = 0; i < clean.size();) {
        const Utf8 character = read_utf8(clean, i);
        const std::size_t size = std::max<std::size_t>(1, character.size);
        const bool invalid = character.size == 0;
        if (invalid || !may_stand_in_yaml(character.code)) {
            if (tree.problems.size() < kMost) {
                Problem problem;
                problem.place = {{}, at.line, at.column, {}};
                problem.message = invalid ? "a byte that is not UTF-8" : "a character that cannot be printed";
                problem.found = hexadecimal(invalid ? static_cast<unsigned char>(clean[i]) : character.code);
                problem.allowed = invalid ? "save the file as UTF-8" : "leave it out, or \"\\x..\" in quotes";
                tree.problems.push_back(std::move(problem));
            }
            std::fill_n(clean.begin() + static_cast<std::ptrdiff_t>(i), size, '?');
            i += 1;
            ++at.column;
            continue;
        }
        const bool before_line_feed = clean[i] == '\r' && i + 1 < clean.size() && clean[i + 1] == '\n';
        if (is_line_break(character.code) && !before_line_feed) {
            ++at.line;
            at.column = 1;
        } else {
            ++at.column;
        }
        i += size;
    }
    return clean;
}

void assign_pointers(Node& node) {
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        Node& item = node.items[i];
        const bool map = node.kind == Node::Kind::map;
        item.pointer = node.pointer + '/' + (map ? pointer_part(node.keys[i].text) : std::to_string(i));
        if (map)
            node.keys[i].pointer = item.pointer;
        assign_pointers(item);
    }
}

}  // namespace

Tree parse_tree(std::string_view text) {
    Tree tree;
    const auto refuse = [&](std::string message, std::string allowed) {
        tree.problems.push_back({Place{{}, 1, 1, {}}, std::move(message), {}, std::move(allowed), {}});
        tree.broken = true;
        tree.root.open = true;
        return tree;
    };
    if (text.size() > CaseLimits::bytes)
        return refuse("the file is too large",
                      "at most " + std::to_string(CaseLimits::bytes / 1024 / 1024) + " MiB");
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return refuse("the file is UTF-16", "save the file as UTF-8");
    const std::size_t skipped = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    const std::string clean = printable(text.substr(skipped), skipped, tree);
    Builder(clean, skipped, tree).build();
    tree.root.open = tree.broken;
    assign_pointers(tree.root);
    return tree;
}

std::string pointer_part(std::string_view text) {
    std::string part;
    for (const char c : text) {
        if (c == '~')
            part += "~0";
        else if (c == '/')
            part += "~1";
        else
            part += c;
    }
    return part;
}

}  // namespace steelyard::format
