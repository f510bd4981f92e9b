// SPDX-License-Identifier: Apache-2.0
// Many clients of one server, on this machine, at a stated rate, while a long ensemble runs.
//
//   http_load [--clients 200] [--rate 300] [--seconds 300] [--most-p99-ms 0]
//
// Starts `steelyard serve` on its samples.  Requests are due at even steps of time whether or not earlier ones have
// been answered, and a latency counts from the moment a request was due, so a server that stalls cannot hide it.
// Ends with 1 when a request failed or p99 is above the limit (0: none).
#include <fmt/format.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
    unsigned clients = 200;
    double rate = 300;
    double seconds = 300;
    double most_p99_ms = 0;
};

Options read_options(int count, char** words) {
    Options options;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string_view name = words[i];
        const double value = std::atof(words[i + 1]);
        if (name == "--clients")
            options.clients = static_cast<unsigned>(value);
        else if (name == "--rate")
            options.rate = value;
        else if (name == "--seconds")
            options.seconds = value;
        else if (name == "--most-p99-ms")
            options.most_p99_ms = value;
        else
            throw std::runtime_error("unknown option " + std::string(name));
    }
    if (options.clients == 0 || options.rate <= 0 || options.seconds <= 0)
        throw std::runtime_error("clients, rate and seconds are above 0");
    return options;
}

/// The server, as a user starts it.
class Program {
public:
    Program() {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0)
            throw std::runtime_error("no pipe");
        const std::string store = folder() + "/store.sqlite";
        process_ = ::fork();
        if (process_ == 0) {
            ::dup2(ends[1], STDERR_FILENO);
            ::close(ends[0]);
            ::execl(STEELYARD_PROGRAM, STEELYARD_PROGRAM, "serve", "--port", "0", "--store", store.c_str(),
                    nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
        std::string line;
        for (char c = 0; line.find("/\n") == std::string::npos && ::read(ends[0], &c, 1) == 1;)
            line += c;
        const std::size_t colon = line.rfind(':');
        if (colon == std::string::npos)
            throw std::runtime_error("the server did not begin: " + line);
        port_ = static_cast<std::uint16_t>(std::atoi(line.c_str() + colon + 1));
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() {
        if (process_ > 0)
            stop();
        std::error_code ignored;
        std::filesystem::remove_all(folder(), ignored);
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// Resident memory in MiB.
    [[nodiscard]] double memory() const {
        std::ifstream status(fmt::format("/proc/{}/status", process_));
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("VmRSS:"))
                return std::atof(line.c_str() + 6) / 1024;
        }
        return 0;
    }
    /// Ends it; its exit code.
    int stop() {
        ::kill(process_, SIGTERM);
        int status = 0;
        ::waitpid(process_, &status, 0);
        process_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    static std::string folder() {
        const std::string path =
            (std::filesystem::temp_directory_path() / fmt::format("http-load-{}", ::getpid())).string();
        std::filesystem::create_directories(path);
        return path;
    }
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
};

int connect_to(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot connect");
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

/// One reply at the front of the bytes: its length, or 0 while it is not whole.
std::size_t whole_reply(std::string_view bytes) {
    const std::size_t blank = bytes.find("\r\n\r\n");
    if (blank == std::string_view::npos)
        return 0;
    const std::size_t length = bytes.substr(0, blank).find("Content-Length: ");
    const std::size_t body = length == std::string_view::npos
                                 ? 0
                                 : static_cast<std::size_t>(std::atoll(bytes.data() + length + 16));
    return bytes.size() >= blank + 4 + body ? blank + 4 + body : 0;
}

struct Client {
    int socket = -1;
    std::string cookie;
    std::string token;
    std::string received;
    Clock::time_point due;  ///< of the request under way
    bool busy = false;
};

class Load {
public:
    Load(const Options& options, std::uint16_t port)
        : options_(options), port_(port), epoll_(::epoll_create1(EPOLL_CLOEXEC)), clients_(options.clients) {
        for (std::size_t i = 0; i < clients_.size(); ++i) {
            Client& client = clients_[i];
            client.socket = connect_to(port_);
            sign_on(client);
            ::fcntl(client.socket, F_SETFL, O_NONBLOCK);
            epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
            ::epoll_ctl(epoll_, EPOLL_CTL_ADD, client.socket, &event);
            idle_.push_back(i);
        }
    }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;
    ~Load() {
        for (const Client& client : clients_)
            ::close(client.socket);
        ::close(epoll_);
    }

    void run() {
        const auto step =
            std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1 / options_.rate));
        const Clock::time_point begin = Clock::now();
        const Clock::time_point end = begin + std::chrono::duration_cast<Clock::duration>(
                                                  std::chrono::duration<double>(options_.seconds));
        const Clock::time_point last = end + std::chrono::seconds{30};
        Clock::time_point next = begin;
        while (Clock::now() < last && (next < end || !late_.empty() || idle_.size() < clients_.size())) {
            const Clock::time_point now = Clock::now();
            for (; next <= now && next < end; next += step)
                late_.push_back(next);
            while (!late_.empty() && !idle_.empty()) {
                send(idle_.front(), late_.front());
                idle_.pop_front();
                late_.pop_front();
            }
            receive(next < end ? std::clamp(std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now()),
                                            std::chrono::milliseconds{0}, std::chrono::milliseconds{20})
                               : std::chrono::milliseconds{20});
        }
        for (const Client& client : clients_)
            failures_["no answer"] += client.busy ? 1U : 0U;
        failures_["never sent"] += late_.size();
    }

    /// Prints what was measured; whether it is good.
    [[nodiscard]] bool report() {
        std::ranges::sort(milliseconds_);
        const auto at = [&](double share) {
            const auto place = static_cast<std::size_t>(share * static_cast<double>(milliseconds_.size()));
            return milliseconds_.empty() ? 0.0 : milliseconds_[std::min(place, milliseconds_.size() - 1)];
        };
        std::size_t failed = 0;
        for (const auto& [what, count] : failures_) {
            failed += count;
            if (count > 0)
                fmt::print("failed: {} ({})\n", count, what);
        }
        fmt::print("requests: {} answered, {} failed\n", milliseconds_.size(), failed);
        fmt::print("latency: p50 {:.1f} ms, p90 {:.1f} ms, p99 {:.1f} ms, max {:.1f} ms\n", at(0.5), at(0.9),
                   at(0.99), at(1));
        return failed == 0 && !milliseconds_.empty() &&
               (options_.most_p99_ms == 0 || at(0.99) <= options_.most_p99_ms);
    }

    [[nodiscard]] const Client& first() const { return clients_.front(); }

private:
    [[nodiscard]] std::string request(const Client& client, std::string_view method, std::string_view target,
                                      std::string_view body) const {
        return fmt::format(
            "{} {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}\r\nX-Steelyard-Token: {}\r\n"
            "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
            method, target, port_, client.cookie, client.token, body.size(), body);
    }

    void sign_on(Client& client) const {
        const std::string text =
            fmt::format("GET /api/session HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", port_);
        static_cast<void>(::send(client.socket, text.data(), text.size(), MSG_NOSIGNAL));
        std::string reply;
        std::array<char, 4096> bytes{};
        while (whole_reply(reply) == 0) {
            const ssize_t got = ::recv(client.socket, bytes.data(), bytes.size(), 0);
            if (got <= 0)
                throw std::runtime_error("no session");
            reply.append(bytes.data(), static_cast<std::size_t>(got));
        }
        const auto between = [&](std::string_view head, char tail) {
            const std::size_t from = reply.find(head) + head.size();
            return reply.substr(from, reply.find(tail, from) - from);
        };
        client.cookie = between("Set-Cookie: ", ';');
        client.token = between("\"csrf\":\"", '"');
    }

    /// What people do, in turn: mostly look, sometimes move a number.
    void send(std::size_t index, Clock::time_point due) {
        Client& client = clients_[index];
        client.due = due;
        client.busy = true;
        std::string text;
        switch (count_++ % 5) {
            case 0:
                text = request(client, "GET", "/", "");
                break;
            case 1:
            case 2:
                text = request(client, "GET", "/api/cases/harbour-seven", "");
                break;
            case 3:
                text = request(client, "POST", "/api/numbers", R"({"case":"harbour-seven"})");
                break;
            default:
                text = request(client, "POST", "/api/run",
                               R"({"analysis":"compromise","case":"emission-standards-1994"})");
        }
        if (::send(client.socket, text.data(), text.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(text.size()))
            fail(client, "not sent");
    }

    void fail(Client& client, const std::string& what) {
        ++failures_[what];
        client.busy = false;
        ::close(client.socket);
        const auto index = static_cast<std::size_t>(&client - clients_.data());
        client.socket = connect_to(port_);
        ::fcntl(client.socket, F_SETFL, O_NONBLOCK);
        epoll_event event{.events = EPOLLIN, .data = {.u64 = index}};
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, client.socket, &event);
        client.received.clear();
        idle_.push_back(index);
    }

    void receive(std::chrono::milliseconds most) {
        std::array<epoll_event, 64> events{};
        const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                                       static_cast<int>(most.count()));
        for (int i = 0; i < ready; ++i)
            read(events[static_cast<std::size_t>(i)].data.u64);
    }

    void read(std::size_t index) {
        Client& client = clients_[index];
        std::array<char, 1U << 16U> bytes{};
        for (;;) {
            const ssize_t got = ::recv(client.socket, bytes.data(), bytes.size(), 0);
            if (got < 0 && errno == EAGAIN)
                break;
            if (got <= 0)
                return fail(client, "connection closed");
            client.received.append(bytes.data(), static_cast<std::size_t>(got));
        }
        const std::size_t length = whole_reply(client.received);
        if (length == 0)
            return;
        const std::string status = client.received.substr(9, 3);
        client.received.erase(0, length);
        client.busy = false;
        idle_.push_back(index);
        if (status != "200")
            ++failures_["status " + status];
        else
            milliseconds_.push_back(
                std::chrono::duration<double, std::milli>(Clock::now() - client.due).count());
    }

    const Options options_;
    const std::uint16_t port_;
    const int epoll_;
    std::vector<Client> clients_;
    std::deque<std::size_t> idle_;
    std::deque<Clock::time_point> late_;  ///< due and not yet sent
    std::vector<double> milliseconds_;
    std::map<std::string, std::size_t> failures_;
    std::size_t count_ = 0;
};

/// The long run: asked for on a connection of its own, and left to go on.
class LongRun {
public:
    LongRun(std::uint16_t port, const Client& client, double seconds) : socket_(connect_to(port)) {
        const std::string body =
            R"({"analysis":"ensemble","case":"belarus-us-2025",)"
            R"("options":{"targets":["compromise:issues[0].value"],"draws":2000000000}})";
        const std::string text = fmt::format(
            "POST /api/run?budget={:.0f} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}\r\nX-Steelyard-Token: "
            "{}\r\n"
            "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
            seconds, port, client.cookie, client.token, body.size(), body);
        static_cast<void>(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL));
    }
    LongRun(const LongRun&) = delete;
    LongRun& operator=(const LongRun&) = delete;
    ~LongRun() { ::close(socket_); }

    /// The status of its answer; it has a minute to come.
    [[nodiscard]] std::string status() const {
        const timeval patience{60, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        std::array<char, 12> bytes{};
        const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), MSG_WAITALL);
        return got == 12 ? std::string(bytes.data() + 9, 3) : "none";
    }

private:
    int socket_;
};

int measure(const Options& options) {
    Program program;
    const double before_clients = program.memory();
    Load load(options, program.port());
    const LongRun long_run(program.port(), load.first(), options.seconds);
    const double before = program.memory();
    fmt::print("{} clients, {:g} requests/s, {:g} s, beside an ensemble on every processor\n",
               options.clients, options.rate, options.seconds);
    load.run();
    const double after = program.memory();
    bool good = load.report();
    const std::string ensemble = long_run.status();
    fmt::print("memory of the server: {:.1f} MiB at its start, {:.1f} with the clients, {:.1f} at the end\n",
               before_clients, before, after);
    const int code = program.stop();
    fmt::print("the ensemble answered {}, the server ended with {}\n", ensemble, code);
    good = good && ensemble == "200" && code == 0;
    return good ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
    try {
        return measure(read_options(count, words));
    } catch (const std::exception& error) {
        fmt::print(stderr, "http_load: {}\n", error.what());
        return 2;
    }
}
