#include "sync/server/authority.hpp"

#include "sync/server/identities.hpp"
#include "sync/server/server_log.hpp"
#include "sync/store/meta.hpp"
#include "sync/store/private_file.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <sodium.h>
#include <unistd.h>

namespace fangxin::sync {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view authority_meta = "ca_certificate";

std::string name_of_store() {
    std::array<unsigned char, 8> random{};
    randombytes_buf(random.data(), random.size());
    std::string name = "Fangxin store ";
    for (const unsigned char byte : random)
        name += fmt::format("{:02x}", byte);
    return name;
}

Result<std::string> certificate_in_book(Database& database) {
    return database.reading<std::string>([&] { return meta(database, authority_meta); });
}

/// The first server of a book makes it. Its key is durable before the book names it.
Result<Authority> make_for_book(const fs::path& directory, Database& writer) {
    Authority made = make_authority(name_of_store());
    if (auto kept = write_private_file(directory / "ca.key", made.key); !kept)
        return tl::unexpected(kept.error());
    auto written = writer.transaction([&]() -> Result<void> {
        const std::string others = meta(writer, authority_meta);
        if (!others.empty()) made.certificate = others;  // another server was first
        set_meta(writer, authority_meta, made.certificate);
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return made;
}

std::string text_of(const sockaddr* address) {
    if (!address) return {};
    const bool is_v4 = address->sa_family == AF_INET;
    if (!is_v4 && address->sa_family != AF_INET6) return {};
    std::array<char, NI_MAXHOST> text{};
    const socklen_t size = is_v4 ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    if (::getnameinfo(address, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0)
        return {};
    return text.data();
}

bool is_of_link(std::string_view address) { return address.find('%') != address.npos; }

}  // namespace

Result<Authority> open_authority(const fs::path& directory, Database& writer) {
    auto in_book = certificate_in_book(writer);
    if (!in_book) return tl::unexpected(in_book.error());
    auto key = read_private_file(directory / "ca.key");
    if (!key) return tl::unexpected(key.error());
    const bool is_first = in_book->empty() && !*key;
    if (is_first) {
        auto made = make_for_book(directory, writer);
        if (!made) return made;
        in_book = made->certificate;
        *key = made->key;
    }
    if (!*key) {
        return failure("no_ca_key", fmt::format("this store has an authority: copy ca.key of the "
                                                "server that made it to {}, mode 0600",
                                                (directory / "ca.key").string()));
    }
    if (in_book->empty()) {
        // Its key is of before a power cut, or of another book.
        fs::path aside = directory / "ca.key.unused";
        std::error_code failed;
        fs::rename(directory / "ca.key", aside, failed);
        if (failed) return failure("cannot_write", failed.message());
        auto made = make_for_book(directory, writer);
        if (!made) return made;
        in_book = made->certificate;  // another server may have been first
        *key = made->key;
    }
    Authority authority{**key, *in_book};
    if (auto pair = check_pair(authority.key, authority.certificate); !pair) {
        return failure("other_ca_key",
                       fmt::format("{} is not the key of this store's authority: bring "
                                   "ca.key of the server that made it",
                                   (directory / "ca.key").string()));
    }
    return authority;
}

std::string authority_pin(Database& database) {
    auto certificate = certificate_in_book(database);
    if (!certificate || certificate->empty()) return {};
    auto facts = certificate_facts(*certificate);
    return facts ? facts->spki : "";
}

std::vector<std::string> hosts_of_machine(const std::string& listens_on) {
    std::vector<std::string> hosts;
    auto add = [&](std::string host) {
        const bool is_any = host.empty() || host == "0.0.0.0" || host == "::" || is_of_link(host);
        if (!is_any && std::ranges::find(hosts, host) == hosts.end())
            hosts.push_back(std::move(host));
    };
    add(listens_on);
    ifaddrs* all = nullptr;
    if (::getifaddrs(&all) == 0) {
        for (int family : {AF_INET, AF_INET6}) {
            for (const ifaddrs* each = all; each; each = each->ifa_next) {
                const bool is_up = (each->ifa_flags & IFF_LOOPBACK) == 0;
                if (is_up && each->ifa_addr && each->ifa_addr->sa_family == family)
                    add(text_of(each->ifa_addr));
            }
        }
        ::freeifaddrs(all);
    }
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) == 0) add(name.data());
    for (const char* local : {"localhost", "127.0.0.1", "::1"})
        add(local);
    return hosts;
}

Result<std::unique_ptr<StoreAuthority>> StoreAuthority::open(const fs::path& directory,
                                                             Database& writer,
                                                             std::vector<std::string> hosts) {
    if (auto made = make_private_folder(directory); !made) return tl::unexpected(made.error());
    auto authority = open_authority(directory, writer);
    if (!authority) return tl::unexpected(authority.error());
    if (auto kept = write_private_file(directory / "ca.crt", authority->certificate); !kept)
        return tl::unexpected(kept.error());
    std::unique_ptr<StoreAuthority> opened(
        new StoreAuthority(directory, std::move(*authority), std::move(hosts)));
    if (auto loaded = opened->load_own(); !loaded) return tl::unexpected(loaded.error());
    return opened;
}

/// What is not ours or cannot be read is made anew; nobody but this server needs it.
Result<void> StoreAuthority::load_own() {
    auto key = read_private_file(directory_ / "server.key");
    if (!key) return tl::unexpected(key.error());
    auto certificate = read_private_file(directory_ / "server.crt");
    if (!certificate) return tl::unexpected(certificate.error());
    if (!*key || !*certificate || !check_pair(**key, **certificate)) return {};
    if (!is_issued_by(**certificate, authority_.certificate, Purpose::serve)) return {};
    auto facts = certificate_facts(**certificate);
    if (!facts) return tl::unexpected(facts.error());
    own_ = {**key, **certificate, authority_.certificate};
    own_facts_ = *facts;
    return {};
}

Result<void> StoreAuthority::renew_own(std::int64_t now_ms) {
    Credentials own{make_key(), "", authority_.certificate};
    auto request = make_request(own.key, "server");
    if (!request) return tl::unexpected(request.error());
    auto issued = issue(authority_, {.request = *request,
                                     .name = "Fangxin server",
                                     .purpose = Purpose::serve,
                                     .from_ms = now_ms,
                                     .until_ms = now_ms + certificate_life_ms,
                                     .hosts = hosts_});
    if (!issued) return tl::unexpected(issued.error());
    own.certificate = *issued;
    // Torn between the two, they do not belong together and are made once more.
    if (auto kept = write_private_file(directory_ / "server.key", own.key); !kept) return kept;
    if (auto kept = write_private_file(directory_ / "server.crt", own.certificate); !kept)
        return kept;
    auto facts = certificate_facts(own.certificate);
    if (!facts) return tl::unexpected(facts.error());
    own_ = std::move(own);
    own_facts_ = *facts;
    tls_.reset();
    server_log("server certificate made", {{"fingerprint", fingerprint_of(own_facts_.spki)}});
    return {};
}

TlsContext StoreAuthority::tls(std::int64_t now_ms) {
    std::scoped_lock lock(mutex_);
    // Also where the clock was set back before its beginning.
    const bool is_due = own_.certificate.empty() || is_to_be_renewed(own_facts_, now_ms);
    if (is_due) {
        if (auto made = renew_own(now_ms); !made)
            server_log("no server certificate", {{"why", made.error().detail}});
    }
    if (!tls_ && !own_.certificate.empty()) {
        auto context = server_tls(own_);
        if (!context) {
            server_log("no TLS", {{"why", context.error().detail}});
            return nullptr;
        }
        tls_ = std::move(*context);
    }
    return tls_;
}

Result<std::string> StoreAuthority::issue_to(std::string_view terminal, std::string_view request,
                                             std::int64_t now_ms, std::int64_t until_ms) const {
    return issue(authority_, {.request = std::string(request),
                              .name = std::string(terminal),
                              .purpose = Purpose::connect,
                              .from_ms = now_ms,
                              .until_ms = until_ms});
}

}  // namespace fangxin::sync
