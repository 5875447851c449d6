// A read that does not fill its buffer has emptied the descriptor: until something arrives again, asking once more is
// spared.

#include "proxy/byte_stream.h"

#include <openssl/bio.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace wicket::proxy {

std::span<char> ByteStream::room() {
  if (begin_ != end_ || status_ != IoStatus::kDone) return {};
  return early_;
}

void ByteStream::arrived(std::size_t count) {
  begin_ = 0;
  end_ = count;
  may_hold_more_ = count == early_.size();
}

void ByteStream::ended(IoStatus how) { status_ = how; }

IoResult ByteStream::receive(std::span<char> into) {
  const ssize_t count = ::recv(descriptor_, into.data(), into.size(), 0);
  if (count > 0) {
    may_hold_more_ = static_cast<std::size_t>(count) == into.size();
    return {.bytes = static_cast<std::size_t>(count)};
  }
  if (count < 0 && errno == EINTR) return {.status = IoStatus::kAgain};
  if (count < 0 && errno == EAGAIN) {
    may_hold_more_ = false;
    return {.status = IoStatus::kAgain};
  }
  status_ = count == 0 ? IoStatus::kEnd : IoStatus::kError;
  return {.status = status_};
}

IoResult ByteStream::read(std::span<char> into) {
  const std::size_t taken = std::min(into.size(), end_ - begin_);
  std::memcpy(into.data(), early_.data() + begin_, taken);
  begin_ += taken;
  const std::span<char> rest = into.subspan(taken);
  if (rest.empty()) return {.bytes = taken};
  if (status_ != IoStatus::kDone) return taken != 0 ? IoResult{.bytes = taken} : IoResult{.status = status_};
  const IoResult more = may_hold_more_ ? receive(rest) : IoResult{.status = IoStatus::kAgain};
  return taken != 0 ? IoResult{.bytes = taken + more.bytes} : more;
}

IoResult ByteStream::peek(char& first) const {
  if (begin_ != end_) {
    first = early_[begin_];
    return {.bytes = 1};
  }
  if (status_ != IoStatus::kDone) return {.status = status_};
  return {.status = IoStatus::kAgain};
}

IoResult ByteStream::write(std::string_view first, std::string_view second) const {
  ssize_t count = 0;
  if (second.empty()) {
    count = ::send(descriptor_, first.data(), first.size(), MSG_NOSIGNAL);
  } else {
    std::array<iovec, 2> pieces = {iovec{const_cast<char*>(first.data()), first.size()},
                                   iovec{const_cast<char*>(second.data()), second.size()}};
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    count = ::sendmsg(descriptor_, &message, MSG_NOSIGNAL);
  }
  if (count >= 0) return {.bytes = static_cast<std::size_t>(count)};
  return {.status = errno == EAGAIN || errno == EINTR ? IoStatus::kAgain : IoStatus::kError};
}

// ---- as OpenSSL wants it ----

namespace {

ByteStream& stream_of(BIO* bio) { return *static_cast<ByteStream*>(BIO_get_data(bio)); }

int bio_read(BIO* bio, char* into, int size) {
  BIO_clear_retry_flags(bio);
  const IoResult result = stream_of(bio).read({into, static_cast<std::size_t>(size)});
  switch (result.status) {
    case IoStatus::kDone:
      return static_cast<int>(result.bytes);
    case IoStatus::kAgain:
      BIO_set_retry_read(bio);
      return -1;
    case IoStatus::kEnd:
      BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
      return 0;
    case IoStatus::kError:
      return -1;
  }
  return -1;
}

int bio_write(BIO* bio, const char* bytes, int size) {
  BIO_clear_retry_flags(bio);
  const IoResult result = stream_of(bio).write({bytes, static_cast<std::size_t>(size)}, {});
  if (result.status == IoStatus::kDone) return static_cast<int>(result.bytes);
  if (result.status == IoStatus::kAgain) BIO_set_retry_write(bio);
  return -1;
}

long bio_control(BIO* bio, int command, long /*number*/, void* /*argument*/) {  // NOLINT(google-runtime-int)
  if (command == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD* bio_method() {
  static const BIO_METHOD* const kMethod = [] {
    BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "wicket");
    BIO_meth_set_read(method, bio_read);
    BIO_meth_set_write(method, bio_write);
    BIO_meth_set_ctrl(method, bio_control);
    return method;
  }();
  return kMethod;
}

}  // namespace

bio_st* ByteStream::new_bio() {
  BIO* bio = BIO_new(bio_method());
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
  return bio;
}

}  // namespace wicket::proxy
