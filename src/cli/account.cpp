// SPDX-License-Identifier: Apache-2.0
// `steelyard account`: who may use the server.
#include "commands.hpp"
#include "files.hpp"
#include "show.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/store/accounts.hpp"
#include "store_access.hpp"
#include "work.hpp"

#include <algorithm>
#include <array>

namespace steelyard::cli {

namespace {

constexpr std::array kAccountArguments{
    Argument{"WHAT", "what to do", Argument::Count::one, Argument::Kind::word,
             "add password role close token revoke list"},
    Argument{"NAME",
             "the account; for revoke, the token's id",
             Argument::Count::optional,
             Argument::Kind::word,
             {}},
};

constexpr std::array kAccountFlags{
    Flag{.name = "role",
         .takes = Takes::a_value,
         .value = "ROLE",
         .meaning = "add, role: what the account may do; left out, reader",
         .choices = "reader expert owner"},
    Flag{.name = "days",
         .takes = Takes::a_value,
         .value = "N",
         .meaning = "token: after how many days it expires; left out, 30",
         .choices = {}},
    Flag{.name = "label",
         .takes = Takes::a_value,
         .value = "TEXT",
         .meaning = "token: what it is for",
         .choices = {}},
    kByFlag,
    kStoreFlag,
};

/// The first line of standard input: a password is never an argument, where others could read it.
std::string read_password() {
    std::string text = read_file("-");
    text.erase(std::min(text.find_first_of("\r\n"), text.size()));
    return text;
}

store::Role read_role(const Invocation& call) {
    const std::string name = call.get("role").value_or("reader");
    for (const auto& choice : choices_of(store::Role{})) {
        if (choice.name == name)
            return choice.value;
    }
    throw Error(ErrorKind::usage,
                std::vector{Problem{{}, "flag '--role' is not valid", name, "reader, expert, owner", {}}});
}

int read_days(const Invocation& call) {
    constexpr double most = 3650;
    const double days = number_flag(call, "days", call.get("days").value_or("30"));
    if (days < 1 || days > most)
        throw Error(
            ErrorKind::usage,
            std::vector{Problem{{}, "flag '--days' is out of range", *call.get("days"), "1 to 3650", {}}});
    return static_cast<int>(days);
}

struct AccountList {
    std::vector<store::Account> accounts;
    std::vector<store::Token> tokens;

    static constexpr auto fields() {
        return std::tuple{
            field("accounts", &AccountList::accounts, "Who may use the server."),
            field("tokens", &AccountList::tokens,
                  "Tokens that were issued; the tokens themselves are not kept."),
        };
    }
};

int run_account(const Invocation& call, Terminal& terminal) {
    const std::string& what = call.arguments[0];
    const auto known = {"add", "password", "role", "close", "token", "revoke", "list"};
    if (std::ranges::find(known, what) == known.end())
        throw Error(ErrorKind::usage, std::vector{Problem{{},
                                                          "'steelyard account' does not know this word",
                                                          what,
                                                          "add, password, role, close, token, revoke, list",
                                                          {}}});
    store::Store store = open_store(call, what == "add");
    store::Accounts accounts(store);
    if (what == "list") {
        const AccountList list{accounts.accounts(), accounts.tokens()};
        if (call.json)
            print_json(terminal, to_value(list));
        else
            show_record(fields_of<AccountList>(), to_value(list), terminal);
        return 0;
    }
    if (call.arguments.size() < 2)
        throw Error(ErrorKind::usage, "missing NAME: 'steelyard account " + what + " NAME'");
    const std::string& name = call.arguments[1];
    const store::Stamp stamp = stamp_of(call);
    std::string token;
    if (what == "add")
        accounts.add(name, read_role(call), read_password(), stamp);
    else if (what == "password")
        accounts.set_password(name, read_password(), stamp);
    else if (what == "role")
        accounts.set_role(name, read_role(call), stamp);
    else if (what == "close")
        accounts.close(name, stamp);
    else if (what == "revoke")
        accounts.revoke(name, stamp);
    else
        token = accounts.issue(name, call.get("label").value_or(""), utc_in_days(read_days(call)), stamp);
    if (call.json)
        print_json(terminal, token.empty()
                                 ? Value(Value::Map{{"done", Value(what)}, {"name", Value(name)}})
                                 : Value(Value::Map{{"token", Value(token)}, {"name", Value(name)}}));
    else
        terminal.line(token.empty() ? "Done: " + what + ' ' + name + '.' : token);
    return 0;
}

constexpr std::array kAccountSamples{
    Sample{"account add olga --role owner < password.txt",
           "an account; the password is read from standard input"},
    Sample{"account token olga --days 30 --label laptop", "a token, shown once"},
    Sample{"account revoke 3f9a0c51d2e7", "take a token back"},
    Sample{"account list", "accounts and tokens, without what is secret"},
};

}  // namespace

const Command kAccountCommand{
    .name = "account",
    .summary = "keep the accounts and tokens of the server",
    .about =
        "reader: votes. expert: also estimates and forecasts. owner: also opens rounds, settles events and "
        "keeps accounts. Passwords have at least 12 bytes; only argon2id hashes of them are kept. Whoever "
        "can "
        "read and write the file of the store needs no account: these are for the server.",
    .arguments = kAccountArguments,
    .flags = kAccountFlags,
    .samples = kAccountSamples,
    .run = &run_account,
};

}  // namespace steelyard::cli
