// SPDX-License-Identifier: Apache-2.0
// The sockets: libmicrohttpd's callbacks, and nothing that could be decided without them.
#include "steelyard/http/server.hpp"

#include "connections.hpp"
#include "listener.hpp"
#include "service.hpp"
#include "steelyard/core/error.hpp"

#include <microhttpd.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <netinet/in.h>
#include <thread>

namespace steelyard::http {

namespace {

constexpr unsigned kThreads = 2;
constexpr std::chrono::milliseconds kTick{250};
constexpr int kTicksToChanges = 4;
constexpr int kTicksToKeepAlive = 60;
/// How long answers that are under way may take to leave when the server stops.
constexpr std::chrono::seconds kLeave{5};
/// A client has this many times the time of a request to read its answer.
constexpr int kReading = 10;

/// One request on its way.
struct Exchange {
    Request request;
    Plan plan;
    Response response;
    bool begun = false;
    bool answered = false;  ///< `response` is what to send
};

using ResponsePointer = std::unique_ptr<MHD_Response, decltype(&MHD_destroy_response)>;

/// An event stream on its way.
struct Stream {
    Service* service;
    MHD_Connection* connection;
    std::shared_ptr<Subscriber> subscriber;
};

void add_header(MHD_Response* response, const std::string& name, const std::string& value) {
    MHD_add_response_header(response, name.c_str(), value.c_str());
}

bool has(const Named<std::string>& headers, std::string_view name) {
    return std::ranges::find(headers, name, &Named<std::string>::value_type::first) != headers.end();
}

/// What every answer says, unless it says otherwise itself.
void add_headers(MHD_Response* made, const Response& response) {
    add_header(made, "Content-Type", response.type);
    for (const auto& [name, value] : response.headers)
        add_header(made, name, value);
    const std::array<std::pair<std::string, std::string>, 7> common{{
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"X-Frame-Options", "SAMEORIGIN"},
        {"Cache-Control", "no-store"},
        {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    }};
    for (const auto& [name, value] : common) {
        if (!has(response.headers, name))
            add_header(made, name, value);
    }
}

std::string address_text(const sockaddr* address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address == nullptr)
        return "";
    const void* bytes =
        address->sa_family == AF_INET6
            ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr)
            : static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(address)->sin_addr);
    inet_ntop(address->sa_family, bytes, text.data(), text.size());
    return text.data();
}

MHD_Result add_request_header(void* cls, MHD_ValueKind, const char* name, const char* value) {
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
    static_cast<Request*>(cls)->headers.emplace_back(std::move(lower), value == nullptr ? "" : value);
    return MHD_YES;
}

std::size_t keep_escapes(void*, MHD_Connection*, char* text) {
    return std::string_view(text).size();  // the target is taken apart from its raw text
}

}  // namespace

struct Server::Inside {
    explicit Inside(const Settings& given)
        : settings(given), service(given), listener(given.bind, given.port) {
        service.listen_on(listener.port());
        if (!service.open())
            want_owner();
        start();
        ticker = std::jthread([this](const std::stop_token& stop) { tick(stop); });
    }

    // ---- life -----------------------------------------------------------------------------------

    void want_owner() {
        const auto lease = service.stores.read();
        if (lease) {
            for (const store::Account& account : store::Accounts(*lease).accounts()) {
                if (account.active && account.role == store::Role::owner)
                    return;
            }
        }
        throw Error(ErrorKind::usage,
                    std::vector{Problem{{},
                                        "a server that others can reach wants accounts, and the store has no "
                                        "owner",
                                        settings.store,
                                        "make one: steelyard account add NAME --role owner --store " +
                                            settings.store + " < password.txt",
                                        {}}});
    }

    void start() {
        const Limits& limits = settings.limits;
        const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                               (listener.is_v6() ? static_cast<unsigned>(MHD_USE_IPv6) : 0U);
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(limits.request).count();
        const unsigned per_address =
            service.open() || !settings.hosts.empty() ? limits.connections : limits.connections_per_address;
        daemon = MHD_start_daemon(
            flags, listener.port(), nullptr, nullptr, &Inside::handle, this, MHD_OPTION_LISTEN_SOCKET,
            listener.get(), MHD_OPTION_THREAD_POOL_SIZE, kThreads, MHD_OPTION_CONNECTION_LIMIT,
            limits.connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address,
            MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.header_bytes, MHD_OPTION_CONNECTION_TIMEOUT,
            static_cast<unsigned>(seconds), MHD_OPTION_URI_LOG_CALLBACK, &Inside::begin, this,
            MHD_OPTION_NOTIFY_COMPLETED, &Inside::completed, this, MHD_OPTION_NOTIFY_CONNECTION,
            &Inside::connection_changed, this, MHD_OPTION_UNESCAPE_CALLBACK, &keep_escapes, nullptr,
            MHD_OPTION_END);
        if (daemon == nullptr)
            throw Error(ErrorKind::input_output, "the server cannot begin");
    }

    void stop() {
        if (daemon == nullptr)
            return;
        ticker.request_stop();
        ticker.join();
        MHD_quiesce_daemon(daemon);
        listener.close();
        service.events.close();
        service.jobs.stop();
        const Clock::time_point end = Clock::now() + kLeave;
        while (under_way.load() > 0 && Clock::now() < end)
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
        MHD_stop_daemon(daemon);
        daemon = nullptr;
    }

    ~Inside() { stop(); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

    void tick(const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        for (int ticks = 1; !stop.stop_requested(); ++ticks) {
            wake.wait_for(lock, stop, kTick, [] { return false; });
            connections.cut_late(Clock::now());
            connections.stop_unwanted();
            if (ticks % kTicksToChanges == 0 && !settings.cases.empty())
                service.tell_changes();
            if (ticks % kTicksToKeepAlive == 0)
                service.events.keep_alive();
        }
    }

    // ---- libmicrohttpd's callbacks --------------------------------------------------------------

    static Inside& self(void* cls) { return *static_cast<Inside*>(cls); }

    static void connection_changed(void* cls, MHD_Connection* connection, void** context,
                                   MHD_ConnectionNotificationCode code) {
        Inside& inside = self(cls);
        if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
            inside.connections.closed(static_cast<Connections::Connection*>(*context));
            return;
        }
        const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *context = inside.connections.opened(info->connect_fd, Clock::now() + inside.settings.limits.request);
    }

    static Connections::Connection* kept(MHD_Connection* connection) {
        const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
        return static_cast<Connections::Connection*>(info->socket_context);
    }

    void set_due(MHD_Connection* connection, Clock::time_point due) {
        connections.set_due(kept(connection), due);
    }

    static void* begin(void* cls, const char* target, MHD_Connection*) {
        ++self(cls).under_way;
        auto* exchange = new Exchange;
        exchange->request.target = target;
        return exchange;
    }

    static void completed(void* cls, MHD_Connection* connection, void** context, MHD_RequestTerminationCode) {
        Inside& inside = self(cls);
        const std::unique_ptr<Exchange> exchange(static_cast<Exchange*>(std::exchange(*context, nullptr)));
        if (exchange == nullptr)
            return;
        inside.set_due(connection, Clock::now() + inside.settings.limits.request);
        --inside.under_way;
    }

    static MHD_Result handle(void* cls, MHD_Connection* connection, const char*, const char* method,
                             const char*, const char* upload, std::size_t* upload_size, void** context) {
        Inside& inside = self(cls);
        auto& exchange = *static_cast<Exchange*>(*context);
        if (!exchange.begun)
            return inside.first(connection, method, exchange);
        if (exchange.answered) {
            inside.connections.set_work(kept(connection), std::nullopt);
            return inside.send(connection, exchange);
        }
        if (*upload_size != 0) {
            if (exchange.request.body.size() + *upload_size > inside.settings.limits.body_bytes)
                return MHD_NO;  // a body without a length that goes on and on: the connection is closed
            exchange.request.body.append(upload, *upload_size);
            *upload_size = 0;
            return MHD_YES;
        }
        return inside.dispatch(connection, exchange);
    }

    // ---- one request ----------------------------------------------------------------------------

    MHD_Result first(MHD_Connection* connection, const char* method, Exchange& exchange) {
        exchange.begun = true;
        Request& request = exchange.request;
        request.method = method;
        MHD_get_connection_values(connection, MHD_HEADER_KIND, &add_request_header, &request);
        const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        request.address = address_text(info->client_addr);
        auto admitted = service.admit(request);
        if (auto* response = std::get_if<Response>(&admitted)) {
            exchange.response = std::move(*response);
            exchange.answered = true;
            // An answer before the body has come ends the connection; where no body comes there is no hurry.
            const bool has_body =
                request.header("content-length").value_or("0") != "0" || request.header("transfer-encoding");
            return has_body ? send(connection, exchange) : MHD_YES;
        }
        exchange.plan = std::move(std::get<Plan>(admitted));
        const std::string_view length = request.header("content-length").value_or("0");
        std::size_t bytes = 0;
        const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bytes);
        if (error != std::errc{} || end != length.data() + length.size() ||
            bytes > settings.limits.body_bytes) {
            exchange.response = error_response(
                Error(ErrorKind::limit,
                      "the body is longer than " + std::to_string(settings.limits.body_bytes) + " bytes"));
            return send(connection, exchange);
        }
        return MHD_YES;
    }

    MHD_Result dispatch(MHD_Connection* connection, Exchange& exchange) {
        const Lane lane = exchange.plan.route->lane;
        if (lane == Lane::stream)
            return stream(connection, exchange);
        if (lane == Lane::now) {
            exchange.response = service.answer(exchange.plan, exchange.request, nullptr);
            return send(connection, exchange);
        }
        std::shared_ptr<Job> job;
        try {
            job = service.job_of(exchange.plan, exchange.request);
        } catch (const Refusal& refusal) {
            exchange.response = error_response(refusal);
            return send(connection, exchange);
        }
        set_due(connection, Clock::time_point::max());
        // What changes something is done even when nobody waits for the answer.
        if (lane == Lane::work)
            connections.set_work(kept(connection), job->cancel);
        job->work = [this, &exchange](const std::shared_ptr<Job>& self_) {
            exchange.response = service.answer(exchange.plan, exchange.request, self_);
            exchange.answered = true;
        };
        job->done = [connection] { MHD_resume_connection(connection); };
        MHD_suspend_connection(connection);
        try {
            service.jobs.submit(job);
        } catch (const Refusal& refusal) {
            exchange.response = error_response(refusal);
            exchange.answered = true;
            MHD_resume_connection(connection);
        }
        return MHD_YES;
    }

    MHD_Result send(MHD_Connection* connection, Exchange& exchange) {
        const Response& response = exchange.response;
        const std::string_view bytes =
            response.page.empty() ? std::string_view(response.body) : response.page;
        // The bytes stay where they are: the exchange lives until they are sent, the page for ever.
        const ResponsePointer made(MHD_create_response_from_buffer(
                                       bytes.size(), const_cast<char*>(bytes.data()), MHD_RESPMEM_PERSISTENT),
                                   &MHD_destroy_response);
        if (made == nullptr)
            return MHD_NO;
        add_headers(made.get(), response);
        set_due(connection, Clock::now() + kReading * settings.limits.request);
        return MHD_queue_response(connection, response.status, made.get());
    }

    MHD_Result stream(MHD_Connection* connection, Exchange& exchange) {
        if (auto refused = service.refuse_stream(exchange.plan, exchange.request)) {
            exchange.response = *std::move(refused);
            return send(connection, exchange);
        }
        exchange.response.type = "text/event-stream";
        if (exchange.request.method == "HEAD")
            return send(connection, exchange);
        std::unique_ptr<Stream> open;
        try {
            open = std::make_unique<Stream>(
                Stream{&service, connection, service.events.subscribe(exchange.plan.client)});
        } catch (const Refusal& refusal) {
            exchange.response = error_response(refusal);
            return send(connection, exchange);
        }
        constexpr std::size_t block = 4096;
        const ResponsePointer made(
            MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, block, &Inside::read_stream, open.get(),
                                              &Inside::free_stream),
            &MHD_destroy_response);
        if (made == nullptr) {
            service.events.unsubscribe(open->subscriber);
            return MHD_NO;
        }
        static_cast<void>(open.release());  // `free_stream` has it now
        add_headers(made.get(), exchange.response);
        set_due(connection, Clock::time_point::max());
        return MHD_queue_response(connection, MHD_HTTP_OK, made.get());
    }

    static ssize_t read_stream(void* cls, std::uint64_t, char* buffer, std::size_t size) {
        const Stream& stream = *static_cast<Stream*>(cls);
        MHD_Connection* connection = stream.connection;
        const std::size_t count = stream.subscriber->read(
            buffer, size, [connection] { MHD_suspend_connection(connection); },
            [connection] { MHD_resume_connection(connection); });
        if (count > 0)
            return static_cast<ssize_t>(count);
        return stream.subscriber->closed() ? MHD_CONTENT_READER_END_OF_STREAM : 0;
    }

    static void free_stream(void* cls) {
        const std::unique_ptr<Stream> stream(static_cast<Stream*>(cls));
        stream->service->events.unsubscribe(stream->subscriber);
    }

    Settings settings;
    Service service;
    Listener listener;
    Connections connections;
    std::atomic<int> under_way{0};
    MHD_Daemon* daemon = nullptr;
    std::jthread ticker;
};

Server::Server(const Settings& settings) : inside_(std::make_unique<Inside>(settings)) {}
Server::~Server() = default;

std::uint16_t Server::port() const {
    return inside_->listener.port();
}

bool Server::open() const {
    return inside_->service.open();
}

std::string Server::address() const {
    const std::string& bind = inside_->settings.bind;
    const std::string host = bind.find(':') == std::string::npos ? bind : '[' + bind + ']';
    return "http://" + host + ':' + std::to_string(port()) + '/';
}

void Server::stop() {
    inside_->stop();
}

}  // namespace steelyard::http
