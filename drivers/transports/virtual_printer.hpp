// A printer on the network that keeps what it is sent: for the demo, for end-to-end tests and for a
// technician without a printer. Serves one connection at a time, as small printers do. Owned by
// fangxin-virtual-printer; one thread.
#pragma once

#include "domain/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::drivers {

/// What it says to status questions.
enum class VirtualStatus { ok, paper_low, paper_out, cover_open, error, offline, silent };

std::optional<VirtualStatus> parse_virtual_status(std::string_view text);

/// The answer to `10 04 n`; none for `silent` and for other n.
std::optional<std::uint8_t> virtual_answer(VirtualStatus status, int n);

enum class VirtualLanguage { escpos, tspl };

/// One connection as the printer sees it: bytes in, answers out, wherever the bytes are cut.
///
/// It follows the commands, so that `10 04 01` among the dots of a picture or in the text of a code
/// is no question. A real printer takes real-time commands out of the stream before it looks at
/// commands (that is what lets it answer while it is busy), so it answers them there as well and
/// the picture is torn: our own jobs therefore never hold one, and this printer does not hide it if
/// another program's do.
class VirtualConversation {
  public:
    explicit VirtualConversation(VirtualStatus status,
                                 VirtualLanguage language = VirtualLanguage::escpos)
        : status_(status), language_(language) {}

    /// ESC/POS: `10 04 n`, `GS r n`, `GS I n`, and `GS a n` with four bytes of automatic status.
    /// TSPL: `ESC ! ?`.
    std::string feed(std::string_view bytes);
    /// Whether more came than questions and what goes with them.
    bool is_job() const { return is_job_; }

  private:
    std::size_t take_escpos(std::string_view bytes, std::string& answers);
    std::size_t take_tspl(std::string_view bytes, std::string& answers);

    VirtualStatus status_;
    VirtualLanguage language_;
    std::string pending_;
    bool is_job_ = false;
};

struct VirtualPrinterOptions {
    std::uint16_t port = 9100;  ///< on 127.0.0.1; 0 takes a free one
    std::filesystem::path folder;
    VirtualStatus status = VirtualStatus::ok;
    VirtualLanguage language = VirtualLanguage::escpos;
    std::function<void(std::uint16_t port)> ready;
    std::function<void(const std::filesystem::path& job)> stored;
};

/// Stores each connection's bytes as `job-000001.bin` …, after those that are there; a connection
/// that only asked for the status leaves none. Returns on an error alone: `port_in_use`,
/// `write_failed`.
Result<void> serve_virtual_printer(const VirtualPrinterOptions& options);

}  // namespace fangxin::drivers
