// A till as the product runs it, without window and devices: its journal, its store thread and its
// line to the server, TLS and all, in this process. So many of them fit one machine. What happens
// is stamped on the thread where it happens; any thread may ask.
#pragma once

#include "sync/link.hpp"
#include "sync/server/book_place.hpp"
#include "sync/terminal_journal.hpp"
#include "tests/bench/figure.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::bench {

class LinkedTill {
  public:
    /// One that was enrolled in this folder.
    LinkedTill(const std::filesystem::path& folder, std::string name, const std::string& server);
    ~LinkedTill();
    LinkedTill(const LinkedTill&) = delete;
    LinkedTill& operator=(const LinkedTill&) = delete;

    /// Gives an op to the store thread, as a payment does; its time begins here.
    void append(sync::OpDraft draft);
    /// Many, a thousand a transaction; told to the line when all are durable. Waits for that.
    void append_all(std::int64_t count, const std::function<sync::OpDraft(std::int64_t)>& draft);
    /// Reads its database on the store thread.
    void read(const std::function<void(sync::Database&)>& work);

    /// Of ops given by append(), from there until the acknowledgement was durable here, in ms. Only
    /// of one after the other; taken.
    std::vector<double> acknowledged();
    bool is_caught_up() const;
    /// Nothing is unsent.
    bool is_drained() const;
    /// When it last was caught up, or nothing was unsent any more.
    Clock::time_point caught_up_at() const;
    Clock::time_point drained_at() const;
    /// When blocks up to this version were durable here; nothing: not yet.
    std::optional<Clock::time_point> blocks_at(std::int64_t ver) const;
    /// When the first rows after this instant were durable here.
    std::optional<Clock::time_point> rows_after(Clock::time_point since) const;
    const std::string& name() const { return name_; }

  private:
    sync::LinkEvents events();
    void on_unsent(std::int64_t count);
    domain::StoreTime now() const;

    const std::string name_;
    mutable std::mutex mutex_;
    struct Given {
        Clock::time_point at;
        bool told = false;  ///< the line knows of it
    };
    std::optional<Given> given_;
    std::vector<double> acknowledged_;
    struct Applied {
        std::int64_t cursor = 0;
        Clock::time_point at;
    };
    std::vector<Applied> blocks_;
    std::vector<Clock::time_point> rows_;
    bool caught_up_ = false;
    std::int64_t unsent_ = 0;
    Clock::time_point caught_up_at_;
    Clock::time_point drained_at_;
    std::optional<sync::FileLock> lock_;
    std::unique_ptr<sync::StoreThread> store_;
    std::unique_ptr<sync::Link> link_;
};

/// Enrols tills with the store's own authority and allow-list, as the server does once somebody has
/// approved them, in a book that nobody serves. Their identities lie in `folder`/NAME afterwards.
void enrol_tills(const sync::BookPlace& book, const std::filesystem::path& folder,
                 const std::vector<std::string>& names);

}  // namespace fangxin::bench
