// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The workbench's server: cases, analyses, judgements and the page, over HTTP on one port.
///
/// A door: it reads requests, asks whether the caller may, calls what stands below and writes JSON.  On a
/// loopback address it is open to whoever can reach it there; on any other address, or with a proxy in front, it wants
/// accounts of the store.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace steelyard::http {

/// What one client, or all of them, may ask of the server.  Docs: docs/reference/http.md.
struct Limits {
    std::size_t body_bytes = std::size_t{8} * 1024 * 1024;
    std::size_t header_bytes = std::size_t{32} * 1024;  ///< of request line and headers of one connection
    unsigned connections = 512;
    unsigned connections_per_address = 64;  ///< not on a loopback address, where everybody has the same one
    unsigned streams = 256;                 ///< of events, at once
    std::chrono::milliseconds request{
        30'000};                       ///< from the first byte to the last of a request; also idle time
    unsigned jobs_per_client = 6;      ///< at work at once; further ones wait
    unsigned waiting_per_client = 64;  ///< further ones are refused (429)
    unsigned waiting = 1024;           ///< of all clients; further ones are refused (503)
    unsigned long_jobs = 8;            ///< that may hold a thread of their own beside those for quick answers
    std::chrono::milliseconds long_after{250};  ///< a job that works longer is a long one
    std::chrono::seconds login_delay_most{60};  ///< the delay after wrong passwords grows up to this
};

struct Settings {
    std::string bind = "127.0.0.1";  ///< an IPv4 or IPv6 address
    std::uint16_t port = 7733;       ///< 0: any free one
    std::vector<std::string> hosts;  ///< names of a TLS proxy in front; with any, accounts are wanted
    std::vector<std::string> cases;  ///< files and folders; none: the catalogue of samples, read-only
    bool read_only = false;          ///< no case file is written
    std::string store;               ///< the store's file
    std::string sources;             ///< folder with the texts of sources; empty: none
    std::string person = "unknown";  ///< who works on an open server
    unsigned threads = 0;            ///< for the draws of one analysis; 0: as many as the machine has
    Limits limits;
};

/// A running server.
class Server {
public:
    /// Reads the cases and begins to listen.  Throws `Error`: usage (not an address; accounts are wanted and
    /// the store has no owner), input_output (the port is taken, a folder cannot be read).
    explicit Server(const Settings& settings);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    /// Stops as `stop` does.
    ~Server();

    [[nodiscard]] std::uint16_t port() const;
    /// `http://127.0.0.1:7733/`
    [[nodiscard]] std::string address() const;
    /// Whether anybody who reaches it may do everything.
    [[nodiscard]] bool open() const;

    /// Takes no more requests, cancels running jobs, answers what is under way and closes every connection.  May be
    /// called twice.
    void stop();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// Every route as a Markdown table: method, path, who may, what it does.  For the reference page.
std::string routes_table();

}  // namespace steelyard::http
