// SPDX-License-Identifier: Apache-2.0
#include "http/client.hpp"

#include "doors/program.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/store/accounts.hpp"
#include "support/reference_data.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace steelyard::test {

using Clock = std::chrono::steady_clock;

std::string Reply::header(std::string_view name) const {
    for (const auto& [each, value] : headers) {
        if (each == name)
            return value;
    }
    return {};
}

Value Reply::json() const {
    return from_json(body);
}

std::string Reply::kind() const {
    const Value tree = body.empty() ? Value() : json();
    const Value* error = tree.find("error");
    const Value* kind = error == nullptr ? nullptr : error->find("kind");
    return kind == nullptr ? "" : *kind->get<std::string>();
}

// ---- wire ---------------------------------------------------------------------------------------

Wire::Wire(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error("cannot connect");
    }
}

Wire::~Wire() {
    ::close(socket_);
}

bool Wire::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Wire::fill(Clock::time_point end) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    pollfd ready{socket_, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) <= 0)
        return false;
    std::array<char, 1U << 16U> bytes{};
    const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (got <= 0)
        return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(got));
    return true;
}

Reply Wire::receive(bool head, std::chrono::milliseconds most) {
    const Clock::time_point end = Clock::now() + most;
    std::size_t blank = 0;
    while ((blank = buffer_.find("\r\n\r\n")) == std::string::npos) {
        if (!fill(end))
            return {};
    }
    Reply reply;
    std::string_view top = std::string_view(buffer_).substr(0, blank + 2);
    reply.status = std::stoi(std::string(top.substr(9, 3)));
    top.remove_prefix(top.find("\r\n") + 2);
    while (!top.empty()) {
        const std::size_t line_end = top.find("\r\n");
        const std::string_view line = top.substr(0, line_end);
        const std::size_t colon = line.find(": ");
        std::string name(line.substr(0, colon));
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
        reply.headers.emplace_back(name, line.substr(colon + 2));
        top.remove_prefix(line_end + 2);
    }
    buffer_.erase(0, blank + 4);
    const std::string length = reply.header("content-length");
    const std::size_t size = head || length.empty() ? 0 : std::stoul(length);
    while (buffer_.size() < size) {
        if (!fill(end))
            return {};
    }
    reply.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return reply;
}

std::string Wire::read_until(std::string_view until, std::chrono::milliseconds most) {
    const Clock::time_point end = Clock::now() + most;
    while (buffer_.find(until) == std::string::npos && fill(end)) {
    }
    return buffer_;
}

bool Wire::closed_within(std::chrono::milliseconds most) {
    const Clock::time_point end = Clock::now() + most;
    while (fill(end)) {
    }
    return Clock::now() < end;
}

// ---- browser ------------------------------------------------------------------------------------

std::string request_text(std::uint16_t port, const std::string& method, const std::string& target,
                         const std::string& body, const Named<std::string>& headers) {
    Named<std::string> all{{"Host", "127.0.0.1:" + std::to_string(port)}};
    if (!body.empty()) {
        all.emplace_back("Content-Type", "application/json");
        all.emplace_back("Content-Length", std::to_string(body.size()));
    }
    for (const auto& header : headers) {
        std::erase_if(all, [&](const auto& each) { return each.first == header.first; });
        all.push_back(header);
    }
    std::string text = method + ' ' + target + " HTTP/1.1\r\n";
    for (const auto& [name, value] : all)
        text += name + ": " + value + "\r\n";
    return text + "\r\n" + body;
}

Reply Browser::send(const std::string& method, const std::string& target, const std::string& body,
                    const Named<std::string>& headers) {
    Named<std::string> all;
    if (!cookie.empty())
        all.emplace_back("Cookie", cookie);
    if (!token.empty())
        all.emplace_back("X-Steelyard-Token", token);
    for (const auto& header : headers) {
        std::erase_if(all, [&](const auto& each) { return each.first == header.first; });
        all.push_back(header);
    }
    Wire wire(port_);
    wire.send(request_text(port_, method, target, body, all));
    Reply reply = wire.receive(method == "HEAD", std::chrono::seconds{100});
    if (const std::string set = reply.header("set-cookie"); !set.empty())
        cookie = set.substr(0, set.find(';'));
    return reply;
}

Reply Browser::get(const std::string& target, const Named<std::string>& headers) {
    return send("GET", target, "", headers);
}

Reply Browser::post(const std::string& target, const std::string& body, const Named<std::string>& headers) {
    return send("POST", target, body, headers);
}

Reply Browser::session() {
    Reply reply = get("/api/session");
    token = *reply.json().find("csrf")->get<std::string>();
    return reply;
}

Reply Browser::log_in(const std::string& name, const std::string& password) {
    session();
    Reply reply =
        post("/api/login", to_json(Value(Value::Map{{"name", Value(name)}, {"password", Value(password)}})));
    if (reply.status == 200)
        token = *reply.json().find("csrf")->get<std::string>();
    return reply;
}

// ---- site ---------------------------------------------------------------------------------------

Site::Site() {
    std::string pattern = (std::filesystem::temp_directory_path() / "steelyard-http-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    std::filesystem::create_directory(cases());
    std::ofstream(case_file()) << small_case();
}

Site::~Site() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Site::make_accounts() const {
    store::Store store(this->store());
    store::Accounts accounts(store, {.passes = 1, .bytes = 8192});
    const store::Stamp stamp{"2026-01-01T00:00:00Z", "test"};
    accounts.add("olga", store::Role::owner, kPassword, stamp);
    accounts.add("emil", store::Role::expert, kPassword, stamp);
    accounts.add("rita", store::Role::reader, kPassword, stamp);
}

http::Settings Site::open() const {
    http::Settings settings;
    settings.port = 0;
    settings.cases = {cases()};
    settings.store = store();
    settings.person = "ann";
    return settings;
}

http::Settings Site::samples() const {
    http::Settings settings = open();
    settings.cases.clear();
    return settings;
}

http::Settings Site::closed() const {
    http::Settings settings = open();
    settings.bind = "0.0.0.0";
    return settings;
}

std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// ---- program ------------------------------------------------------------------------------------

Program::Program(const std::vector<std::string>& arguments) {
    std::array<int, 2> pipe_ends{};
    if (::pipe(pipe_ends.data()) != 0)
        throw std::runtime_error("no pipe");
    std::vector<std::string> words{STEELYARD_PROGRAM, "serve"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    process_ = ::fork();
    if (process_ == 0) {
        ::dup2(pipe_ends[1], STDERR_FILENO);
        ::close(pipe_ends[0]);
        ::close(pipe_ends[1]);
        ::execv(STEELYARD_PROGRAM, pointers.data());
        ::_exit(127);
    }
    ::close(pipe_ends[1]);
    errors_ = pipe_ends[0];
    std::string line;
    for (char c = 0; line.find("/\n") == std::string::npos && ::read(errors_, &c, 1) == 1;)
        line += c;
    const std::size_t colon = line.rfind(':');
    if (colon == std::string::npos || line.find("http://") == std::string::npos)
        throw std::runtime_error("the program said: " + line);
    port_ = static_cast<std::uint16_t>(std::stoi(line.substr(colon + 1)));
}

Program::~Program() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        wait();
    }
    ::close(errors_);
}

void Program::signal(int number) const {
    ::kill(process_, number);
}

int Program::wait() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace steelyard::test
