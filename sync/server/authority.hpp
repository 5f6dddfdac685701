// The store's own authority (SYNC-3): `ca.key` and `ca.crt` in the server's folder, its certificate
// in the book too, so that every server of a book is of one store; and this server's own
// certificate, made anew in time. Started with; afterwards any thread.
#pragma once

#include "sync/server/book_place.hpp"
#include "sync/tls.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace fangxin::sync {

class StoreAuthority {
  public:
    /// Makes what is missing. On a book that has an authority a folder without its key is no
    /// server's: `no_ca_key` says which file to bring; `other_ca_key`, `cannot_write` and the
    /// database's.
    static Result<std::unique_ptr<StoreAuthority>> open(const std::filesystem::path& directory,
                                                        Database& writer,
                                                        std::vector<std::string> hosts);

    /// For new lines; renews the server's certificate where it is time. Null only if that failed
    /// and there is none of before.
    TlsContext tls(std::int64_t now_ms);
    /// A terminal's. Codes of sync::issue().
    Result<std::string> issue_to(std::string_view terminal, std::string_view request,
                                 std::int64_t now_ms, std::int64_t until_ms) const;
    const Authority& authority() const { return authority_; }

  private:
    StoreAuthority(std::filesystem::path directory, Authority authority,
                   std::vector<std::string> hosts)
        : directory_(std::move(directory)),
          authority_(std::move(authority)),
          hosts_(std::move(hosts)) {}
    Result<void> load_own();
    Result<void> renew_own(std::int64_t now_ms);

    const std::filesystem::path directory_;
    const Authority authority_;
    const std::vector<std::string> hosts_;
    std::mutex mutex_;
    Credentials own_;
    CertificateFacts own_facts_;
    TlsContext tls_;
};

/// The key and certificate of the book's authority; made where there is none. Codes as of
/// StoreAuthority::open(), and those of make_private_folder().
Result<Authority> open_authority(const std::filesystem::path& directory, Database& writer);

/// What a code shows of the store: the `spki` of the book's authority, or nothing yet.
std::string authority_pin(Database& database);

/// Under which names and addresses this machine is reached; what it listens on is first.
std::vector<std::string> hosts_of_machine(const std::string& listens_on);

}  // namespace fangxin::sync
