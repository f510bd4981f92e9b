// SPDX-License-Identifier: Apache-2.0
#include "steelyard/format/case_file.hpp"

#include "case_keys.hpp"
#include "json_text.hpp"
#include "steelyard/core/sha256.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/model/validate.hpp"
#include "tree.hpp"
#include "yaml_writer.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace steelyard {

namespace format {

void Keys<Case>::check(Reader&, const Node&, Case& subject) {
    if (subject.title.empty())
        subject.title = subject.id;
}

namespace {

using Spans = std::map<std::string, SourceSpan, std::less<>>;

void add_spans(const Node& node, const Mark& shown_at, Spans& spans) {
    spans.emplace(node.pointer, SourceSpan{shown_at.line, shown_at.column, node.begin.offset, node.end});
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const Node& item = node.items[i];
        const bool own_line = node.kind == Node::Kind::map && item.begin.line != node.keys[i].begin.line;
        add_spans(item, own_line ? node.keys[i].begin : item.begin, spans);
    }
}

std::string_view parent(std::string_view pointer) {
    return pointer.substr(0, pointer.rfind('/'));
}

bool inside(std::string_view pointer, std::string_view outer) {
    return pointer.starts_with(outer) && (pointer.size() == outer.size() || pointer[outer.size()] == '/');
}

/// `/tables/main` of `/tables/main/actors/0`: the part of the file that is one thing to its author.
std::string_view entry_of(std::string_view pointer) {
    const std::size_t second = pointer.find('/', 1);
    return second == std::string_view::npos ? pointer : pointer.substr(0, pointer.find('/', second + 1));
}

/// A file of a newer format is not read at all: every other message would mislead.
void check_version(const Node& root, std::vector<Problem>& problems) {
    if (root.kind != Node::Kind::map)
        return;
    const auto key = std::ranges::find(root.keys, "steelyard", &Node::text);
    if (key == root.keys.end())
        return;
    const Node& node = root.items[static_cast<std::size_t>(key - root.keys.begin())];
    const auto version = node.kind == Node::Kind::scalar ? Rational::parse(node.text) : std::nullopt;
    if (version && *version > Rational(kCaseFormat)) {
        problems = {{Place{{}, node.begin.line, node.begin.column, node.pointer},
                     "the case was written for a newer Steelyard (format " + node.text + ")",
                     {},
                     "format " + std::to_string(kCaseFormat) + "; update Steelyard to read it",
                     {}}};
    }
}

[[noreturn]] void fail(std::vector<Problem> problems, const std::string& file_name, std::size_t dropped = 0) {
    const auto place = [](const Problem& p) { return std::tuple(p.place.line, p.place.column); };
    std::ranges::stable_sort(problems, {}, place);
    const auto [first, last] = std::ranges::unique(problems);
    problems.erase(first, last);
    if (problems.size() > CaseLimits::problems) {
        dropped += problems.size() - CaseLimits::problems;
        problems.resize(CaseLimits::problems);
    }
    for (Problem& problem : problems)
        problem.place.file = file_name;
    if (dropped > 0)
        problems.push_back(
            {Place{file_name, 0, 0, {}}, "and " + std::to_string(dropped) + " more problems", {}, {}, {}});
    throw Error(ErrorKind::invalid_case, std::move(problems));
}

/// The defects of a case that was read, with their places.  Those that may only follow from `problems` are
/// left out: of a number, what stands at the same place; of anything else, what stands in the same entry.
void add_defects(const CaseFile& file, std::vector<Problem>& problems) {
    std::set<std::string> numbers;
    if (!problems.empty()) {
        for_each_number(file.value,
                        [&](const std::string& pointer, const Number&) { numbers.insert(pointer); });
    }
    const std::vector<Problem> known = problems;
    for (Problem& defect : defects(file.value)) {
        const std::string& at = defect.place.pointer;
        const std::string_view reach = numbers.contains(at) ? at : entry_of(at);
        const bool follows = std::ranges::any_of(known, [&](const Problem& problem) {
            const std::string& pointer = problem.place.pointer;  // empty: of the syntax, which hides nothing
            return !pointer.empty() && (inside(pointer, reach) || inside(at, pointer));
        });
        if (follows)
            continue;
        const Place place = file.place(at);
        defect.place.line = place.line;
        defect.place.column = place.column;
        problems.push_back(std::move(defect));
    }
}

}  // namespace

}  // namespace format

Place CaseFile::place(std::string_view pointer) const {
    for (std::string_view at = pointer;; at = format::parent(at)) {
        if (const auto span = spans.find(at); span != spans.end())
            return {name, span->second.line, span->second.column, std::string(pointer)};
        if (at.empty())
            return {name, 0, 0, std::string(pointer)};
    }
}

CaseFile read_case(std::string text, std::string file_name) {
    using namespace format;
    Tree tree = parse_tree(text);
    check_version(tree.root, tree.problems);
    const bool newer = tree.problems.size() == 1 && tree.problems.front().place.pointer == "/steelyard";
    if (newer)
        fail(std::move(tree.problems), file_name);

    CaseFile file{std::move(file_name), std::move(text), {}, {}};
    add_spans(tree.root, tree.root.begin, file.spans);
    Reader reader(std::move(tree.problems));
    if (!reader.declare(tree.root))
        fail(reader.take(), file.name);
    Codec<Case>::read(reader, tree.root, file.value);
    const std::size_t dropped = reader.dropped();
    std::vector<Problem> problems = reader.take();
    if (!tree.broken && !file.value.actors.empty() && !file.value.issues.empty()) {
        apply_sheet_basis(file.value);
        add_defects(file, problems);
    }
    if (!problems.empty())
        fail(std::move(problems), file.name, dropped);
    return file;
}

namespace {

/// Replaces numbers that JSON would round by their texts.
Value exact_in_json(Value value) {
    if (auto* list = value.get<Value::List>()) {
        for (Value& item : *list)
            item = exact_in_json(std::move(item));
    } else if (auto* map = value.get<Value::Map>()) {
        for (auto& [name, item] : *map)
            item = exact_in_json(std::move(item));
    } else if (const auto* exact = value.get<Rational>();
               exact != nullptr && !format::is_json_number(*exact)) {
        return Value(exact->text());
    }
    return value;
}

}  // namespace

Value case_to_tree(const Case& subject) {
    return exact_in_json(format::Codec<Case>::write(subject, subject));
}

std::string write_case(const Case& subject) {
    return format::to_yaml(format::Codec<Case>::write(subject, subject));
}

std::string case_hash(const Case& subject) {
    return sha256(write_case(subject));
}

Number parse_number_text(std::string_view text) {
    using namespace format;
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        text = "\"\"";  // an empty text, not an empty file
    Tree tree = parse_tree(text);
    Reader reader(std::move(tree.problems));
    Number number;
    if (!tree.broken)
        Codec<Number>::read(reader, tree.root, number);
    std::vector<Problem> problems = reader.take();
    if (problems.empty()) {
        if (std::string wrong = defect(number); !wrong.empty())
            problems.push_back({{}, std::move(wrong), std::string(text), {}, {}});
    }
    for (Problem& problem : problems)
        problem.place = {};
    if (!problems.empty())
        throw Error(ErrorKind::invalid_case, std::move(problems));
    return number;
}

std::string with_number(const CaseFile& file, std::string_view address, std::string_view text) {
    const std::string pointer = resolve_number(file.value, address);
    const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
    text = text.substr(first, text.find_last_not_of(' ') + 1 - first);
    const format::Tree tree = format::parse_tree(text);
    if (!tree.broken && (tree.root.begin.offset != 0 || tree.root.end != text.size() ||
                         text.find_first_of("\r\n") != std::string_view::npos))
        throw Error(ErrorKind::invalid_case,
                    std::vector{Problem{{},
                                        "a number of one line is due, and nothing else",
                                        std::string(text),
                                        "12, 10..14 or {low: 10, best: 12, high: 14}",
                                        {}}});
    if (tree.broken)
        static_cast<void>(parse_number_text(text));  // says what is wrong
    const SourceSpan& span = file.spans.find(pointer)->second;
    std::string changed = file.text;
    changed.replace(span.begin, span.end - span.begin, text);
    static_cast<void>(read_case(changed, file.name));
    return changed;
}

std::string with_best(const CaseFile& file, std::string_view address, std::string_view text) {
    using format::Node;
    const std::string pointer = resolve_number(file.value, address);
    const format::Tree typed = format::parse_tree(text);
    const format::Tree tree = format::parse_tree(file.text);
    const Node* node = &tree.root;
    while (node != nullptr && node->pointer != pointer) {
        const auto next = std::ranges::find_if(node->items, [&](const Node& item) {
            return pointer == item.pointer || pointer.starts_with(item.pointer + '/');
        });
        node = next == node->items.end() ? nullptr : &*next;
    }
    const auto part = [&](std::initializer_list<std::string_view> names) -> const Node* {
        for (std::size_t i = 0; node != nullptr && i < node->keys.size(); ++i) {
            if (std::ranges::find(names, std::string_view(node->keys[i].text)) != names.end())
                return &node->items[i];
        }
        return nullptr;
    };
    const Node* best = part({"best", "value"});
    if (typed.broken || typed.root.kind != Node::Kind::scalar || best == nullptr ||
        best->kind != Node::Kind::scalar)
        return with_number(file, address, text);

    const Number given = parse_number_text(text);
    if (given.uncertain())  // `1..9` says all there is to say of the number
        return with_number(file, address, text);
    const Rational figure = given.best();
    std::vector<const Node*> changed{best};
    const Node* low = part({"low"});
    const Node* high = part({"high"});
    if (low != nullptr && figure < parse_number_text(low->text).best())
        changed.push_back(low);
    if (high != nullptr && parse_number_text(high->text).best() < figure)
        changed.push_back(high);
    std::ranges::sort(changed, std::ranges::greater{}, [](const Node* each) { return each->begin.offset; });
    std::string result = file.text;
    for (const Node* each : changed)
        result.replace(each->begin.offset, each->end - each->begin.offset, typed.root.text);
    static_cast<void>(read_case(result, file.name));
    return result;
}

}  // namespace steelyard
