// SPDX-License-Identifier: Apache-2.0
#include "parse.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>
#include <iterator>

namespace steelyard::cli {

namespace {

/// One pass over the words of a call.
class Parser {
public:
    explicit Parser(const Command& command) : flags_(flags_of(command)) { call_.command = &command; }

    Invocation parse(std::span<const std::string> words) {
        call_.json = std::ranges::any_of(
            words, [](const std::string& word) { return word == "--json" || word.starts_with("--json="); });
        bool flags_over = false;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::string& word = words[i];
            if (!flags_over && word == "--")
                flags_over = true;
            else if (!flags_over && word == "-h")
                call_.flags.emplace_back("help", "");
            else if (!flags_over && word.size() > 1 && word.starts_with("-") && !is_number(word))
                i = flag(words, i);
            else
                argument(word);
        }
        if (!call_.has("help") && !unknown_)  // what follows an unknown flag may be its value
            check_count();
        if (!problems_.empty())
            throw Error(ErrorKind::usage, std::move(problems_));
        return std::move(call_);
    }

private:
    static bool is_number(const std::string& word) {
        return word[0] == '-' && (std::isdigit(static_cast<unsigned char>(word[1])) != 0 || word[1] == '.');
    }

    /// `--output` for `-o`, where a flag has that letter.
    std::string in_full(const std::string& word) const {
        const auto known = std::ranges::find_if(flags_, [&](const Flag& each) {
            return each.letter != 0 && word == std::string{'-', each.letter};
        });
        return known == flags_.end() ? word : "--" + std::string(known->name);
    }

    /// Reads the flag at `i`; returns the index of its last word.
    std::size_t flag(std::span<const std::string> words, std::size_t i) {
        const std::string word = in_full(words[i]);
        const std::size_t equals = word.find('=');
        std::string name = word.substr(0, equals);
        name.erase(0, name.starts_with("--") ? 2 : 1);
        std::ranges::replace(name, '_', '-');
        const bool negated = name.starts_with("no-");
        const auto known = std::ranges::find_if(flags_, [&](const Flag& each) {
            return each.name == name || (negated && each.negatable && each.name == name.substr(3));
        });
        if (known == flags_.end() || !word.starts_with("--")) {
            unknown_flag(word.substr(0, equals), name);
            return i;
        }
        const std::string full(known->name);
        if (equals != std::string::npos) {
            if (known->takes == Takes::nothing && !known->negatable)
                complain("flag '--" + full + "' takes no value", word, {});
            call_.flags.emplace_back(full, word.substr(equals + 1));
            return i;
        }
        const bool more = i + 1 < words.size();
        if (known->takes == Takes::nothing) {
            call_.flags.emplace_back(full, !known->negatable ? "" : negated ? "false" : "true");
        } else if (known->takes == Takes::perhaps) {
            const bool value = more && !words[i + 1].starts_with("--");
            call_.flags.emplace_back(full, value ? words[++i] : "-");
        } else if (!more) {
            complain("flag '--" + full + "' needs a value", {}, std::string(known->value));
        } else {
            call_.flags.emplace_back(full, words[++i]);
        }
        return i;
    }

    void argument(const std::string& word) {
        if (call_.arguments.empty() && call_.command->takes_options && word != "-") {
            const std::vector<Flag> options = option_flags(word);
            flags_.insert(flags_.end(), options.begin(), options.end());
        }
        call_.arguments.push_back(word);
    }

    void unknown_flag(const std::string& word, const std::string& name) {
        unknown_ = true;
        std::vector<std::string> names;
        for (const Flag& each : flags_)
            names.emplace_back(each.name);
        std::string nearest = nearest_name(name, names);
        if (!nearest.empty())
            nearest.insert(0, "--");
        for (std::string& each : names)
            each.insert(0, "--");
        std::string message = "unknown flag of 'steelyard " + std::string(call_.command->name) + "'";
        if (call_.command->takes_options && call_.arguments.empty())
            message += " (options of an analysis stand behind its name)";
        complain(message, word, join_names(names, 40), nearest);
    }

    void check_count() {
        using Count = Argument::Count;
        const std::span<const Argument> expected = call_.command->arguments;
        std::size_t least = 0;
        bool endless = false;
        for (const Argument& each : expected) {
            const bool needed = each.count == Count::one || each.count == Count::many;
            if (needed && call_.arguments.size() <= least)
                complain("missing " + std::string(each.name) + ": " + std::string(each.meaning), {}, {});
            least += needed ? 1 : 0;
            endless = endless || each.count == Count::many || each.count == Count::any;
        }
        for (std::size_t i = expected.size(); !endless && i < call_.arguments.size(); ++i)
            complain("a word too many", call_.arguments[i], {});
    }

    void complain(std::string message, std::string found, std::string allowed, std::string nearest = {}) {
        problems_.push_back(
            {Place{}, std::move(message), std::move(found), std::move(allowed), std::move(nearest)});
    }

    Invocation call_;
    std::vector<Flag> flags_;
    std::vector<Problem> problems_;
    bool unknown_ = false;
};

}  // namespace

Invocation parse(const Command& command, std::span<const std::string> words) {
    return Parser(command).parse(words);
}

const Command& find_command(std::string_view name) {
    std::vector<std::string> names;
    for (const Command& command : commands()) {
        if (command.name == name)
            return command;
        names.emplace_back(command.name);
    }
    throw Error(ErrorKind::usage, std::vector{Problem{{},
                                                      "there is no such command",
                                                      std::string(name),
                                                      join_names(names, 40),
                                                      nearest_name(name, names)}});
}

bool Invocation::has(std::string_view flag) const {
    return std::ranges::find(flags, flag, &Named<std::string>::value_type::first) != flags.end();
}

std::optional<std::string> Invocation::get(std::string_view flag) const {
    const auto values = all(flag);
    return values.empty() ? std::nullopt : std::optional(values.back());
}

std::vector<std::string> Invocation::all(std::string_view flag) const {
    std::vector<std::string> values;
    for (const auto& [name, text] : flags) {
        if (name == flag)
            values.push_back(text);
    }
    return values;
}

}  // namespace steelyard::cli
