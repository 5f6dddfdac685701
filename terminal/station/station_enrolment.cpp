// How a terminal becomes its store's (SYNC-3), and stays it.
#include "sync/link_enrol.hpp"
#include "sync/store/meta.hpp"
#include "sync/store/private_file.hpp"
#include "terminal/station/station.hpp"
#include "terminal/station/station_log.hpp"

namespace fangxin::terminal {

namespace {

constexpr std::string_view store_meta = "store";  // whose sales lie here
constexpr std::string_view address_meta = "server_address";
constexpr std::string_view code_meta = "enrolled_by";

std::string kept(sync::Database& reader, std::string_view key) {
    return reader.reading<std::string>([&] { return sync::meta(reader, key); }).value_or("");
}

}  // namespace

std::string_view text_of(EnrolmentState state) {
    switch (state) {
        case EnrolmentState::asking:
            return "asking";
        case EnrolmentState::waiting:
            return "waiting";
        case EnrolmentState::failed:
            return "failed";
        case EnrolmentState::enrolled:
            return "enrolled";
        case EnrolmentState::none:
            break;
    }
    return "none";
}

/// The way to the server, or why there is none to be.
Result<void> Station::find_way() {
    auto identity = sync::load_identity(options_.directory);
    if (!identity) return tl::unexpected(identity.error());
    identity_ = std::move(*identity);
    if (identity_) {
        if (auto bound = bind_to_store(); !bound) return bound;
    }
    if (options_.server.empty()) options_.server = kept(reader_, address_meta);
    if (options_.server == works_alone) options_.server.clear();
    if (options_.server.empty()) return {};
    auto address = sync::parse_link_address(options_.server);
    if (!address) return tl::unexpected(address.error());
    is_plain_ = address->is_plain;
    const std::string store = kept(reader_, store_meta);
    if (is_plain_ && !store.empty())
        return failure("enrolled", store + " speaks through TLS alone: use wss://");
    return {};
}

/// What was sold for one store is told to no other.
Result<void> Station::bind_to_store() {
    const std::string store = kept(reader_, store_meta);
    if (!store.empty() && store != identity_->store)
        return failure("other_store", "this folder has the sales of " + store);
    if (!store.empty()) return {};
    return store_->run(sync::Priority::sale, [&](sync::Database& database) {
        return database.transaction([&]() -> Result<void> {
            sync::set_meta(database, store_meta, identity_->store);
            return {};
        });
    });
}

bool Station::needs_enrolment() const {
    return !options_.server.empty() && !is_plain_ && !identity_;
}

Result<void> Station::enrol(const std::string& text) {
    auto code = sync::read_enrolment_code(text);
    if (!code) return tl::unexpected(code.error());
    code_ = sync::write_enrolment_code(*code);
    if (identity_ && code_ == kept(reader_, code_meta)) return {};  // a program started again
    enroller_.reset();
    set_enrolment({.state = EnrolmentState::asking});
    sync::EnrolWish wish{.code = *code,
                         .directory = options_.directory,
                         .terminal = {options_.terminal, options_.role},
                         .app = FANGXIN_VERSION,
                         .store = kept(reader_, store_meta)};
    enroller_ = std::make_unique<sync::LinkEnrol>(
        std::move(wish),
        sync::EnrolEvents{.waiting =
                              [this](const std::string& fingerprint) {
                                  queue_.push([this, fingerprint] {
                                      set_enrolment({.state = EnrolmentState::waiting,
                                                     .fingerprint = fingerprint});
                                  });
                              },
                          .failed =
                              [this](const Error& why, bool is_final) {
                                  queue_.push([this, why, is_final] {
                                      set_enrolment({.state = is_final ? EnrolmentState::failed
                                                                       : EnrolmentState::asking,
                                                     .error = why.code,
                                                     .detail = why.detail});
                                  });
                              },
                          .enrolled =
                              [this](const sync::Identity& identity) {
                                  queue_.push([this, identity] { take_identity(identity); });
                              }});
    return {};
}

Result<void> Station::ask_code(const std::string& role) {
    if (auto refusal = may(domain::Action::terminal_enrol); !refusal.code.empty())
        return failure(refusal.code, "");
    if (!link_ || !online_) return failure("offline", "");
    link_->ask(sync::AskCode{.id = ++asked_codes_, .role = role, .person = person_->number});
    return {};
}

Result<void> Station::decide_terminal(const sync::TerminalApproved& approved) {
    if (auto refusal = may(domain::Action::terminal_enrol); !refusal.code.empty())
        return failure(refusal.code, "");
    auto done = journal(approved);
    return done ? Result<void>() : Result<void>(tl::unexpected(done.error()));
}

Result<void> Station::decide_terminal(const sync::TerminalRefused& refused) {
    if (auto refusal = may(domain::Action::terminal_enrol); !refusal.code.empty())
        return failure(refusal.code, "");
    auto done = journal(refused);
    return done ? Result<void>() : Result<void>(tl::unexpected(done.error()));
}

Result<void> Station::revoke_terminal(const sync::TerminalRevoked& revoked) {
    if (auto refusal = may(domain::Action::terminal_revoke); !refusal.code.empty())
        return failure(refusal.code, "");
    if (revoked.reason.empty()) return failure("reason_wanted", "");
    auto done = journal(revoked);
    return done ? Result<void>() : Result<void>(tl::unexpected(done.error()));
}

Result<void> Station::open_log(const sync::EpochOpened& opened) {
    if (auto refusal = may(domain::Action::terminal_enrol); !refusal.code.empty())
        return failure(refusal.code, "");
    if (opened.terminal == options_.terminal) return failure("not_here", opened.terminal);
    if (opened.reason.empty()) return failure("reason_wanted", "");
    if (!online_) return failure("offline", "");
    auto done = journal(opened);
    return done ? Result<void>() : Result<void>(tl::unexpected(done.error()));
}

void Station::give_up_enrolment() {
    enroller_.reset();
    set_enrolment({});
}

std::string find_enrolment_code() {
    namespace fs = std::filesystem;
    std::error_code failed;
    // /media/STICK, /media/PERSON/STICK and /run/media/PERSON/STICK, as Debian's desktops do.
    for (const char* root : {"/media", "/run/media", "/mnt"}) {
        fs::recursive_directory_iterator each(root, fs::directory_options::skip_permission_denied,
                                              failed);
        for (; !failed && each != fs::recursive_directory_iterator(); each.increment(failed)) {
            if (each.depth() >= 2) each.disable_recursion_pending();
            if (each->path().filename() != "fangxin-enrol.txt") continue;
            auto text = sync::read_private_file(each->path());
            if (text && *text) return **text;
        }
    }
    return {};
}

void Station::take_identity(const sync::Identity& identity) {
    identity_ = identity;
    const auto code = sync::read_enrolment_code(code_);
    const std::string address = code ? "wss://" + code->address.text() : "";
    auto done = bind_to_store();
    if (done) {
        done = store_->run(sync::Priority::sale, [&](sync::Database& database) {
            return database.transaction([&]() -> Result<void> {
                sync::set_meta(database, code_meta, code_);
                sync::set_meta(database, address_meta, address);
                return {};
            });
        });
    }
    if (!done) {
        identity_.reset();
        return set_enrolment({.state = EnrolmentState::failed,
                              .error = done.error().code,
                              .detail = done.error().detail});
    }
    enroller_.reset();
    if (options_.server.empty() || is_plain_) options_.server = address;
    is_plain_ = false;
    not_let_in_.clear();
    set_enrolment({.state = EnrolmentState::enrolled});
    link_.reset();
    connect();
}

void Station::set_enrolment(Enrolment enrolment) {
    if (enrolment == enrolment_) return;
    if (enrolment.state != EnrolmentState::enrolled)
        station_log("enrolment",
                    fmt::format("{} {} {}", text_of(enrolment.state),
                                enrolment.fingerprint + enrolment.error, enrolment.detail));
    enrolment_ = std::move(enrolment);
    if (events_.enrolment) events_.enrolment(enrolment_);
}

}  // namespace fangxin::terminal
