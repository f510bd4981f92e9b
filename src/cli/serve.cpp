// SPDX-License-Identifier: Apache-2.0
// `steelyard serve`: the workbench, on a port of this machine.
#include "commands.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/http/server.hpp"
#include "store_access.hpp"
#include "work.hpp"

#include <array>
#include <cmath>
#include <csignal>

namespace steelyard::cli {

namespace {

constexpr std::array kServeArguments{
    Argument{"CASES",
             "case files and folders of them; without any, the catalogue of samples, read-only",
             Argument::Count::any,
             Argument::Kind::file,
             {}},
};

constexpr Flag takes(std::string_view name, std::string_view value, std::string_view meaning) {
    return {.name = name, .takes = Takes::a_value, .value = value, .meaning = meaning, .choices = {}};
}

constexpr std::array kServeFlags{
    takes("port", "N", "the port; 0: any free one, which is printed; left out, 7733"),
    takes("bind", "ADDRESS",
          "the address to listen on; left out, 127.0.0.1, which only this machine reaches; any other "
          "wants accounts (see `steelyard account`)"),
    takes("host", "NAME",
          "the name of a TLS proxy that stands in front of this server; may be repeated; wants accounts"),
    takes("sources", "FOLDER", "texts of the sources, to show the places of claims"),
    Flag{.name = "read-only",
         .takes = Takes::nothing,
         .value = {},
         .meaning = "change no case file",
         .choices = {}},
    kStoreFlag,
    kByFlag,
    kThreadsFlag,
};

/// Signals that end the server come to `sigwait` and nowhere else.
class Signals {
public:
    Signals() {
        sigemptyset(&set_);
        sigaddset(&set_, SIGINT);
        sigaddset(&set_, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &set_, &before_);
    }
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals() { let_through(); }

    void wait() const {
        int signal = 0;
        sigwait(&set_, &signal);
    }
    /// From now on one more signal ends the program at once.
    void let_through() const { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t set_{};
    sigset_t before_{};
};

constexpr std::string_view kTlsAdvice =
    "What crosses the network is not encrypted. Put a proxy that speaks TLS in front, on this machine:\n"
    "  steelyard serve CASES --host NAME       listens on 127.0.0.1 only\n"
    "  caddy reverse-proxy --from NAME --to 127.0.0.1:7733\n"
    "docs/reference/http.md has the same for nginx.\n";

template <class T>
T whole_flag(const Invocation& call, std::string_view flag, T fallback, double most) {
    const auto text = call.get(flag);
    const double number = text ? number_flag(call, flag, *text) : fallback;
    if (number < 0 || number > most || number != std::floor(number))
        throw Error(ErrorKind::usage,
                    std::vector{Problem{{},
                                        "flag '--" + std::string(flag) + "' is out of range",
                                        *text,
                                        "a whole number from 0 to " + std::to_string(static_cast<int>(most)),
                                        {}}});
    return static_cast<T>(number);
}

int run_serve(const Invocation& call, Terminal& terminal) {
    http::Settings settings;
    settings.cases = call.arguments;
    settings.bind = call.get("bind").value_or(settings.bind);
    settings.hosts = call.all("host");
    settings.sources = call.get("sources").value_or("");
    settings.read_only = call.has("read-only");
    settings.store = path_to_write(call);
    settings.person = stamp_of(call).by;
    settings.port = whole_flag<std::uint16_t>(call, "port", settings.port, 65535);
    settings.threads = whole_flag<unsigned>(call, "threads", 0, 4096);

    const Signals signals;  // before the first thread begins
    http::Server server(settings);
    terminal.complain("steelyard: " + server.address() + '\n');
    if (!server.open() && settings.hosts.empty())
        terminal.complain(kTlsAdvice);
    signals.wait();
    terminal.complain("steelyard: stopping\n");
    signals.let_through();
    server.stop();
    return 0;
}

constexpr std::array kServeSamples{
    Sample{"serve CASE", "the workbench on one case, at http://127.0.0.1:7733/"},
    Sample{"serve cases/ --port 0", "on a folder of cases, on any free port"},
    Sample{"serve", "on the samples that come with Steelyard"},
    Sample{"serve cases/ --bind 0.0.0.0 --store panel.sqlite",
           "for others too: wants an owner's account in the store"},
};

}  // namespace

const Command kServeCommand{
    .name = "serve",
    .summary = "open the workbench in a browser: see a case, move its numbers, vote on its claims",
    .about =
        "Listens on this machine only, where nobody has to sign in, unless told otherwise; then everybody "
        "signs "
        "in with an account of the store. Ctrl-C, or SIGTERM, ends it: running analyses are cancelled, "
        "what was acknowledged is on the disk.",
    .arguments = kServeArguments,
    .flags = kServeFlags,
    .samples = kServeSamples,
    .run = &run_serve,
};

}  // namespace steelyard::cli
