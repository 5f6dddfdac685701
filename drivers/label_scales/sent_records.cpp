#include "drivers/label_scales/sent_records.hpp"

#include "drivers/transports/durable_file.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/file.h>
#include <unistd.h>

namespace fangxin::drivers {

namespace {

constexpr std::string_view head = "fangxin label scale 1 ";

std::string hex(std::string_view bytes) {
    std::string digits;
    for (const char byte : bytes)
        digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    return digits;
}

std::optional<std::string> unhex(std::string_view digits) {
    if (digits.size() % 2 != 0 || digits.empty()) return std::nullopt;
    std::string bytes;
    for (std::size_t at = 0; at < digits.size(); at += 2) {
        unsigned value = 0;
        const char* end = digits.data() + at + 2;
        if (std::from_chars(digits.data() + at, end, value, 16).ptr != end) return std::nullopt;
        bytes.push_back(static_cast<char>(value));
    }
    return bytes;
}

Result<void> as_ours(Result<void> written) {
    return written.map_error([](Error error) {
        error.code = "cannot_write";
        return error;
    });
}

tl::unexpected<Error> trouble(const std::filesystem::path& file) {
    return failure("cannot_write", fmt::format("{}: {}", file.string(), std::strerror(errno)));
}

}  // namespace

Result<SentRecords> SentRecords::open(const std::filesystem::path& folder, const std::string& id,
                                      std::string_view protocol) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    SentRecords records;
    records.file_ = folder / (id + ".sent");
    const std::filesystem::path lock = folder / (id + ".lock");
    records.lock_ = Descriptor(::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (records.lock_.get() < 0) return trouble(lock);
    if (::flock(records.lock_.get(), LOCK_EX | LOCK_NB) != 0)
        return failure("busy", id + ": another program sends to this scale");
    if (auto read = records.read(protocol); !read) return tl::unexpected(read.error());
    return records;
}

Result<void> SentRecords::read(std::string_view protocol) {
    const std::string first = fmt::format("{}{}", head, protocol);
    if (!std::filesystem::exists(file_)) return append(first + '\n');
    std::ifstream in(file_, std::ios::binary);
    if (!in) return failure("cannot_read", file_.string());
    std::string line;
    bool whole = true;
    std::getline(in, line);
    const bool ours = line == first;
    while (std::getline(in, line)) {
        whole = !in.eof();  // the last line of a cut power may lack its end
        int plu = 0;
        const auto [at, wrong] = std::from_chars(line.data(), line.data() + line.size(), plu);
        if (wrong != std::errc{} || plu < 1) continue;
        const std::string_view rest(at, line.data() + line.size());
        if (rest == " -" && whole) {
            records_.erase(plu);
        } else if (rest.starts_with(" =") && whole && ours) {
            records_[plu] = unhex(rest.substr(2));
        } else {
            records_[plu].reset();
        }
    }
    // Written anew: short, and of one protocol. A torn end would swallow the next line.
    std::string text = first + '\n';
    for (const auto& [plu, record] : records_)
        text += record ? fmt::format("{} ={}\n", plu, hex(*record)) : fmt::format("{} ?\n", plu);
    return as_ours(replace_file(file_, text));
}

Result<void> SentRecords::append(const std::string& lines) {
    return as_ours(append_to_file(file_, lines));
}

bool SentRecords::holds(int plu, const std::string& record) const {
    const auto found = records_.find(plu);
    return found != records_.end() && found->second == record;
}

Result<void> SentRecords::unknown(const std::vector<int>& plus) {
    std::string lines;
    for (const int plu : plus) {
        records_[plu].reset();
        lines += fmt::format("{} ?\n", plu);
    }
    return append(lines);
}

Result<void> SentRecords::acknowledged(int plu, const std::string& record) {
    records_[plu] = record;
    return append(fmt::format("{} ={}\n", plu, hex(record)));
}

Result<void> SentRecords::removed(const std::vector<int>& plus) {
    std::string lines;
    for (const int plu : plus) {
        records_.erase(plu);
        lines += fmt::format("{} -\n", plu);
    }
    return append(lines);
}

}  // namespace fangxin::drivers
