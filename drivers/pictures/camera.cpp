#include "drivers/pictures/camera.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace fangxin::drivers {

std::vector<std::byte> grey_of(const CameraPicture& picture) {
    std::vector<std::byte> grey(picture.rgba.size() / 4);
    for (std::size_t i = 0; i < grey.size(); ++i) {
        const std::uint8_t* pixel = &picture.rgba[i * 4];
        grey[i] =
            static_cast<std::byte>((77U * pixel[0] + 150U * pixel[1] + 29U * pixel[2]) / 256U);
    }
    return grey;
}

namespace {

int mean_of(const std::vector<std::byte>& grey) {
    const auto add = [](std::uint64_t sum, std::byte each) {
        return sum + std::to_integer<std::uint64_t>(each);
    };
    const std::uint64_t sum = std::accumulate(grey.begin(), grey.end(), std::uint64_t{0}, add);
    return static_cast<int>(sum / std::max<std::size_t>(1, grey.size()));
}

}  // namespace

Camera::Camera(const CameraOptions& options, CameraHandlers handlers)
    : options_(options),
      handlers_(std::move(handlers)),
      decoder_(options_.decoder),
      confirmation_(handlers_.known, options_.rules),
      loop_(
          [this](const Interrupt& stop) {
              return CameraFeed::open(options_.feed, stop, [this](CameraPicture&& picture) {
                  took(std::move(picture));
              });
          },
          *this, options_.times) {
    FANGXIN_CHECK(handlers_.on_scan);
}

Camera::~Camera() { stop(); }

void Camera::start() {
    decoding_ = std::thread([this] { decode(); });
    loop_.start();
}

void Camera::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    newer_.notify_all();
    loop_.stop();
    if (decoding_.joinable()) decoding_.join();
}

CameraSight Camera::sight() const {
    const std::int64_t now_ms = monotonic_now_ms();
    const std::lock_guard lock(mutex_);
    CameraSight sight = sight_;
    std::erase_if(sight.codes, [&](const FoundCode& each) {
        return now_ms - each.at_ms > options_.remembered_ms;
    });
    return sight;
}

void Camera::changed(const DeviceChange& change) {
    if (!change.connected) {
        const std::lock_guard lock(mutex_);
        sight_.picture.reset();
        sight_.codes.clear();
    }
    if (handlers_.on_change) handlers_.on_change(change);
}

void Camera::took(CameraPicture&& picture) {
    auto shared = std::make_shared<const CameraPicture>(std::move(picture));
    {
        const std::lock_guard lock(mutex_);
        if (sight_.picture == nullptr) begin_anew();
        sight_.picture = shared;
        ++sight_.number;
        to_decode_ = std::move(shared);
    }
    newer_.notify_all();
    if (handlers_.on_sight) handlers_.on_sight();
}

/// Its first picture: what it saw before it was lost is not in view.
void Camera::begin_anew() {
    sight_.since_ms = monotonic_now_ms();
    sight_.found_ms = 0;
    sight_.light = 255;
    sight_.codes.clear();
    is_anew_ = true;
}

void Camera::decode() {
    while (true) {
        std::shared_ptr<const CameraPicture> picture;
        {
            std::unique_lock lock(mutex_);
            newer_.wait(lock, [this] { return is_stopping_ || to_decode_ != nullptr; });
            if (is_stopping_) return;
            picture = std::exchange(to_decode_, nullptr);
            if (std::exchange(is_anew_, false)) confirmation_.forget();
        }
        look_at(*picture);
    }
}

void Camera::look_at(const CameraPicture& picture) {
    const std::vector<std::byte> grey = grey_of(picture);
    auto decoded =
        decoder_.decode_frame({.width = picture.width, .height = picture.height, .pixels = grey});
    const std::int64_t now_ms = monotonic_now_ms();
    const auto reading = decoded ? std::optional(*decoded) : std::nullopt;
    const auto scan = confirmation_.frame(reading, now_ms);
    {
        const std::lock_guard lock(mutex_);
        if (is_stopping_) return;
        sight_.light = mean_of(grey);
        if (reading) remember(*reading, confirmation_.is_in_view(reading->as_scanned()), now_ms);
    }
    if (reading && handlers_.on_sight) handlers_.on_sight();
    if (scan) handlers_.on_scan(*scan);
}

/// One entry a code, where it was seen last.
void Camera::remember(const Decoded& code, bool is_confirmed, std::int64_t now_ms) {
    sight_.found_ms = now_ms;
    std::erase_if(sight_.codes, [&](const FoundCode& each) {
        return now_ms - each.at_ms > options_.remembered_ms ||
               each.code.as_scanned() == code.as_scanned();
    });
    sight_.codes.push_back({.code = code, .is_confirmed = is_confirmed, .at_ms = now_ms});
}

}  // namespace fangxin::drivers
