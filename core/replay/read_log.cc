// Blocks of lines are read one after the other; the lines of a block are made records on all cores, while the block
// behind it is read and the records of the block before are handed on in order.

#include "replay/read_log.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <string_view>
#include <utility>

#include "base/parallel.h"
#include "replay/document.h"
#include "replay/json_log.h"
#include "replay/line_source.h"
#include "replay/text_formats.h"

namespace wicket::replay {
namespace {

constexpr std::size_t kShown = 5;                // lines that could not be read
constexpr std::size_t kMaxDocument = 1U << 30U;  // bytes of what is read as a whole
constexpr std::size_t kShownBytes = 120;         // of each
constexpr std::size_t kSharesPerThread = 4;      // of a block: nobody waits long for the last one
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

/// What one thread makes of its share of a block. Records keep their memory from block to block.
struct Share {
  std::string_view bytes;
  std::size_t first_line = 1;
  std::vector<Record> records;
  std::size_t used = 0;
  std::vector<Unread> unread;
  std::uint64_t unread_count = 0;
};

/// A block and what is made of it.
struct Batch {
  Block block;
  std::vector<Share> shares;
};

std::string beginning(std::string_view line) {
  if (line.size() <= kShownBytes) return std::string(line);
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0U) == 0x80U) --end;  // not inside a code point
  return std::string(line.substr(0, end)) + "…";
}

void make_records(const LineReader& reader, Share& share) {
  share.used = 0;
  share.unread_count = 0;
  share.unread.clear();
  each_line(share.bytes, share.first_line, [&](std::string_view line, std::size_t number) {
    if (line.find_first_not_of(" \t") == std::string_view::npos) return;
    if (share.used == share.records.size()) share.records.emplace_back();
    Record& record = share.records[share.used];
    std::string why = reader.read(line, record);
    record.line = number;
    if (why.empty()) {
      ++share.used;
    } else if (++share.unread_count <= kShown) {
      share.unread.push_back({number, std::move(why), beginning(line)});
    }
  });
}

// Equal parts, each of whole lines.
void divide(const Block& block, std::vector<Share>& shares) {
  std::string_view rest = block.bytes;
  std::size_t line = block.first_line;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    std::size_t size = rest.size() / (shares.size() - i);
    if (i + 1 < shares.size()) size = std::min(rest.find('\n', size), rest.size() - 1) + 1;
    size = std::min(size, rest.size());
    shares[i].bytes = rest.substr(0, size);
    shares[i].first_line = line;
    line += static_cast<std::size_t>(std::ranges::count(shares[i].bytes, '\n'));
    rest.remove_prefix(size);
  }
}

class LogReader {
 public:
  LogReader(const ReadOptions& options, const std::function<void(const Record&)>& take, ReadSummary& summary)
      : options_(options), take_(take), summary_(summary), threads_(thread_count(options.threads)) {}

  void read(LineSource& source) {
    Batch batches[3];
    for (Batch& batch : batches) batch.shares.resize(threads_ == 1 ? 1 : threads_ * kSharesPerThread);
    if (!read_block(source, batches[0].block)) return;
    if (choose(batches[0].block.bytes)) return work(source, batches);
    if (format_ != InputFormat::kAuto) read_document(source, batches[0].block);
  }

 private:
  // At once: the block after is read, the records of the block before are handed on, those of this one are made.
  void work(LineSource& source, Batch (&batches)[3]) {
    Batch *before = nullptr, *now = &batches[0], *next = &batches[1];
    divide(now->block, now->shares);
    // A crew that lives as long as there are blocks: threads that begin anew with each one are put where others run.
    bool more = true, is_more_read = false;
    std::atomic<std::size_t> task = 0;
    const auto go_on = [&]() noexcept {
      more = is_more_read && !(options_.stops && options_.stops());
      Batch* free = before == nullptr ? &batches[2] : before;
      before = now;
      now = next;
      next = free;
      if (more) divide(now->block, now->shares);
      task = 0;
    };
    std::barrier gate(static_cast<std::ptrdiff_t>(threads_), go_on);
    parallel_for(threads_, threads_, [&](std::size_t) {
      while (more) {
        for (std::size_t i = task++; i < now->shares.size() + 2; i = task++) {
          if (i == 1) is_more_read = read_block(source, next->block);
          if (i == 0 && before != nullptr) hand_on(*before);
          if (i > 1) make_records(*reader_, now->shares[i - 2]);
        }
        gate.arrive_and_wait();
      }
    });
    hand_on(*before);
  }

  // False at the end.
  bool read_block(LineSource& source, Block& block) {
    const Result<bool> more = source.next(block);
    if (!more) summary_.failure = more.error().message;
    if (!more || !*more) return false;
    summary_.is_filled = summary_.is_filled || block.bytes.find_first_not_of(" \t\r\n") != std::string::npos;
    if (block.first_line == 1 && block.bytes.starts_with(kByteOrderMark)) block.bytes.erase(0, 3);
    return true;
  }

  // False where the format is none that is known.
  bool choose(std::string_view bytes) {
    if (options_.lines != nullptr) {
      reader_ = options_.lines;
      summary_.format = "given format";
      return true;
    }
    format_ = options_.format == InputFormat::kAuto ? sniff(bytes) : options_.format;
    switch (format_) {
      case InputFormat::kAuto:
      case InputFormat::kHar:
      case InputFormat::kEntries:
      case InputFormat::kCurl:
      case InputFormat::kPowerShell:
      case InputFormat::kHurl:
      case InputFormat::kIcv:
      case InputFormat::kRouterCheck:
        break;
      case InputFormat::kText:
        if (const int text = sniff_text(bytes); text >= 0) {
          reader_ = &text_formats()[static_cast<std::size_t>(text)].format;
          summary_.format = text_formats()[static_cast<std::size_t>(text)].name;
        }
        break;
      case InputFormat::kJson:
        own_reader_ = std::make_unique<JsonLog>();
        reader_ = own_reader_.get();
        summary_.format = "JSON";
        break;
    }
    return reader_ != nullptr;
  }

  // What has no lines of its own is read as a whole.
  void read_document(LineSource& source, Block& first) {
    std::string text = std::move(first.bytes);
    Block block;
    while (true) {
      const Result<bool> more = source.next(block);
      if (!more) summary_.failure = more.error().message;
      if (!more || !*more) break;
      if (block.too_long > 0 || text.size() + block.bytes.size() > kMaxDocument) {
        summary_.failure = block.too_long > 0 ? "a line of it is longer than 64 MiB" : "it is larger than 1 GiB";
        return;
      }
      text += block.bytes;
    }
    Result<Requests> read = read_whole(text);
    if (!read) {
      summary_.failure = read.error().message;
      return;
    }
    for (Unread& unread : read->unread) complain(unread.line, std::move(unread.why), std::move(unread.text));
    for (Record& record : read->records) hand_on(record);
  }

  Result<Requests> read_whole(const std::string& text) {
    switch (format_) {
      case InputFormat::kHar:
        summary_.format = "HAR";
        summary_.has_entries = true;
        return read_har(text);
      case InputFormat::kEntries:
        summary_.format = "JSON entries";
        summary_.has_entries = true;
        own_reader_ = std::make_unique<JsonLog>();
        return read_json_entries(text, *own_reader_);
      case InputFormat::kCurl:
        summary_.format = "curl";
        return read_curl_file(text);
      case InputFormat::kPowerShell:
        summary_.format = "PowerShell";
        return read_powershell(text);
      case InputFormat::kHurl:
        summary_.format = "hurl";
        return read_hurl(text, options_.variables);
      case InputFormat::kIcv:
        summary_.format = "istio-config-validator";
        return read_icv(text);
      case InputFormat::kRouterCheck:
        summary_.format = "router check";
        return read_router_check(text);
      case InputFormat::kAuto:
      case InputFormat::kText:
      case InputFormat::kJson:
        break;
    }
    return Requests{};
  }

  void complain(std::size_t line, std::string why, std::string text, std::uint64_t count = 1) {
    summary_.unread += count;
    if (summary_.first_unread.size() < kShown) summary_.first_unread.push_back({line, std::move(why), std::move(text)});
  }

  void hand_on(Batch& batch) {
    const Block& block = batch.block;
    if (block.too_long > 0) complain(block.first_line, "is longer than 64 MiB", "", block.too_long);
    const std::size_t last = block.first_line + static_cast<std::size_t>(std::ranges::count(block.bytes, '\n'));
    for (Share& share : batch.shares) {
      for (std::size_t i = 0; i < share.used; ++i) hand_on(share.records[i]);
      summary_.unread += share.unread_count;
      for (Unread& unread : share.unread) {
        if (summary_.first_unread.size() == kShown) break;
        if (block.ends_open && unread.line == last) unread.why = "is cut off: the file ends in the middle of it";
        summary_.first_unread.push_back(std::move(unread));
      }
    }
  }

  void hand_on(Record& record) {
    if (record.request.authority.empty()) record.request.authority = options_.host;
    if (options_.port) record.request.port = *options_.port;
    ++summary_.records;
    take_(record);
  }

  const ReadOptions& options_;
  const std::function<void(const Record&)>& take_;
  ReadSummary& summary_;
  std::size_t threads_;
  InputFormat format_ = InputFormat::kAuto;
  const LineReader* reader_ = nullptr;
  std::unique_ptr<LineReader> own_reader_;
};

}  // namespace

ReadSummary read_log(std::unique_ptr<OpenFile> file, const ReadOptions& options,
                     const std::function<void(const Record&)>& take) {
  ReadSummary summary;
  LineSource source(inflated(std::move(file)));
  LogReader(options, take, summary).read(source);
  return summary;
}

}  // namespace wicket::replay
