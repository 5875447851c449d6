#include "replay/line_source.h"

#include <zlib.h>

#include <algorithm>
#include <utility>

namespace wicket::replay {
namespace {

constexpr std::size_t kBlock = 1 << 20;     // bytes read at a time
constexpr std::size_t kMaxLine = 64 << 20;  // bytes
constexpr int kGzipWindow = 15 + 16;        // the largest window, and the header of gzip

class StreamFile final : public OpenFile {
 public:
  explicit StreamFile(std::istream& stream) : stream_(stream) {}
  Result<std::size_t> read(char* buffer, std::size_t size) override {
    stream_.read(buffer, static_cast<std::streamsize>(size));
    if (stream_.bad()) return failure(ErrorCode::kIo, "read error");
    return static_cast<std::size_t>(stream_.gcount());
  }

 private:
  std::istream& stream_;
};

// Looks at the first two bytes, and inflates or hands on.
class InflatedFile final : public OpenFile {
 public:
  explicit InflatedFile(std::unique_ptr<OpenFile> file) : file_(std::move(file)), in_(kBlock / 4, '\0') {}
  InflatedFile(const InflatedFile&) = delete;
  InflatedFile& operator=(const InflatedFile&) = delete;
  ~InflatedFile() override {
    if (is_open_) inflateEnd(&zlib_);
  }

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    if (!is_sniffed_)
      if (Result<void> sniffed = sniff(); !sniffed) return tl::unexpected<Error>(sniffed.error());
    if (is_gzip_) return inflate_into(buffer, size);
    if (left_ == 0) return file_->read(buffer, size);
    const std::size_t count = std::min(size, left_);
    std::copy_n(in_.data() + at_, count, buffer);
    at_ += count;
    left_ -= count;
    return count;
  }

 private:
  Result<void> sniff() {
    is_sniffed_ = true;
    while (left_ < 2) {
      const Result<std::size_t> got = file_->read(in_.data() + left_, in_.size() - left_);
      if (!got) return tl::unexpected<Error>(got.error());
      if (*got == 0) break;
      left_ += *got;
    }
    is_gzip_ = left_ >= 2 && in_[0] == '\x1f' && in_[1] == '\x8b';
    if (!is_gzip_) return {};
    if (inflateInit2(&zlib_, kGzipWindow) != Z_OK) return failure(ErrorCode::kIo, "no memory to inflate it");
    is_open_ = true;
    return {};
  }

  // False at the end of the file.
  Result<bool> fill() {
    if (left_ > 0) return true;
    const Result<std::size_t> got = file_->read(in_.data(), in_.size());
    if (!got) return tl::unexpected<Error>(got.error());
    at_ = 0;
    left_ = *got;
    return left_ > 0;
  }

  Result<std::size_t> inflate_into(char* buffer, std::size_t size) {
    while (true) {
      const Result<bool> more = fill();
      if (!more) return tl::unexpected<Error>(more.error());
      if (!*more) {
        if (is_between_) return 0;
        return failure(ErrorCode::kInvalid, "its gzip data ends early");
      }
      // Zeros behind the last member are padding, as gzip(1) has it.
      if (is_between_ && in_[at_] == '\0') {
        ++at_;
        --left_;
        continue;
      }
      zlib_.next_in = reinterpret_cast<Bytef*>(in_.data() + at_);
      zlib_.avail_in = static_cast<uInt>(left_);
      zlib_.next_out = reinterpret_cast<Bytef*>(buffer);
      zlib_.avail_out = static_cast<uInt>(std::min(size, kBlock));
      const uInt wanted = zlib_.avail_out;
      is_between_ = false;
      const int code = inflate(&zlib_, Z_NO_FLUSH);
      at_ += left_ - zlib_.avail_in;
      left_ = zlib_.avail_in;
      if (code == Z_STREAM_END) {
        is_between_ = true;
        inflateReset(&zlib_);
      } else if (code != Z_OK && code != Z_BUF_ERROR) {
        return failure(ErrorCode::kInvalid, "its gzip data is broken");
      }
      if (const std::size_t made = wanted - zlib_.avail_out; made > 0) return made;
    }
  }

  std::unique_ptr<OpenFile> file_;
  std::string in_;
  std::size_t at_ = 0;
  std::size_t left_ = 0;
  z_stream zlib_{};
  bool is_sniffed_ = false;
  bool is_gzip_ = false;
  bool is_open_ = false;
  bool is_between_ = false;  // behind a member
};

}  // namespace

std::unique_ptr<OpenFile> inflated(std::unique_ptr<OpenFile> file) {
  return std::make_unique<InflatedFile>(std::move(file));
}

std::unique_ptr<OpenFile> file_of(std::istream& stream) { return std::make_unique<StreamFile>(stream); }

// Moves the beginning of a line that has no end yet to the next block.
void LineSource::keep_whole_lines(Block& block) {
  const std::size_t end = block.bytes.rfind('\n');
  const std::size_t kept = end == std::string::npos ? 0 : end + 1;
  rest_.assign(block.bytes, kept);
  block.bytes.resize(kept);
}

Result<bool> LineSource::next(Block& block) {
  block.too_long = 0;
  block.ends_open = false;
  block.bytes.swap(rest_);
  rest_.clear();
  while (!is_at_end_ && (block.bytes.size() < kBlock || block.bytes.find('\n') == std::string::npos)) {
    const std::size_t before = block.bytes.size();
    block.bytes.resize(before + kBlock);
    Result<std::size_t> got = file_->read(block.bytes.data() + before, kBlock);
    block.bytes.resize(before + got.value_or(0));
    if (!got) ended_ = tl::unexpected<Error>(got.error());
    is_at_end_ = got.value_or(0) == 0;
    if (is_skipping_) {
      const std::size_t end = block.bytes.find('\n');
      is_skipping_ = end == std::string::npos;
      block.bytes.erase(0, is_skipping_ ? end : end + 1);
      if (!is_skipping_) ++next_line_;
    } else if (block.bytes.size() > kMaxLine && block.bytes.find('\n') == std::string::npos) {
      block.bytes.clear();
      ++block.too_long;
      is_skipping_ = true;
    }
  }
  block.first_line = next_line_;
  if (is_at_end_) {
    block.ends_open = !block.bytes.empty() && !block.bytes.ends_with('\n');
  } else {
    keep_whole_lines(block);
  }
  next_line_ += static_cast<std::size_t>(std::ranges::count(block.bytes, '\n'));
  if (!block.bytes.empty() || block.too_long > 0) return true;
  if (!ended_) return tl::unexpected<Error>(std::exchange(ended_, {}).error());
  return false;
}

}  // namespace wicket::replay
