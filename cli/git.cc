#include "cli/git.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <vector>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to us

namespace wicket::cli {
namespace {

/// What a program wrote, and how it ended.
struct Finished {
  int status = 0;
  std::string out;
  std::string err;
};

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
  }
  ~Pipe() {
    close_write();
    if (ends_[0] >= 0) ::close(ends_[0]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  [[nodiscard]] int read_end() const { return ends_[0]; }
  [[nodiscard]] int write_end() const { return ends_[1]; }
  void close_write() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  std::array<int, 2> ends_{};
};

/// Reads both to their ends, whichever has something.
void drain(int out_fd, std::string& out, int err_fd, std::string& err) {
  std::array<pollfd, 2> fds = {pollfd{out_fd, POLLIN, 0}, pollfd{err_fd, POLLIN, 0}};
  const std::array<std::string*, 2> texts = {&out, &err};
  std::array<char, 1 << 16> block{};
  while (fds[0].fd >= 0 || fds[1].fd >= 0) {
    if (::poll(fds.data(), fds.size(), -1) < 0) {
      if (errno == EINTR) continue;
      return;
    }
    for (std::size_t i = 0; i < fds.size(); ++i) {
      if (fds[i].fd < 0 || fds[i].revents == 0) continue;
      const ssize_t got = ::read(fds[i].fd, block.data(), block.size());
      if (got > 0) {
        texts[i]->append(block.data(), static_cast<std::size_t>(got));
      } else if (got == 0 || errno != EINTR) {
        fds[i].fd = -1;
      }
    }
  }
}

Result<Finished> run_git(std::vector<std::string> args) {
  // A file system monitor and text converters are programs that a configuration names: not ours to run.
  std::vector<std::string> words = {"git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"};
  words.insert(words.end(), std::make_move_iterator(args.begin()), std::make_move_iterator(args.end()));
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  Pipe out, err;
  if (out.read_end() < 0 || err.read_end() < 0) return failure(ErrorCode::kIo, "cannot run git: no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.write_end(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.write_end(), STDERR_FILENO);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, "git", &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    return failure(ErrorCode::kNotFound, fmt::format("cannot run git: {}", std::generic_category().message(error)));
  out.close_write();
  err.close_write();
  Finished finished;
  drain(out.read_end(), finished.out, err.read_end(), finished.err);
  while (::waitpid(child, &finished.status, 0) < 0 && errno == EINTR) {
  }
  return finished;
}

bool succeeded(const Finished& finished) { return WIFEXITED(finished.status) && WEXITSTATUS(finished.status) == 0; }

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// The output of git, or its complaint.
Result<std::string> output_of(std::vector<std::string> args) {
  Result<Finished> finished = run_git(std::move(args));
  if (!finished) return tl::unexpected<Error>(std::move(finished.error()));
  if (!succeeded(*finished)) return failure(ErrorCode::kIo, fmt::format("git: {}", first_line(finished->err)));
  return std::move(finished->out);
}

}  // namespace

Result<Changes> changes_since(const std::string& revision) {
  const Result<Finished> top = run_git({"rev-parse", "--show-toplevel"});
  if (!top) return tl::unexpected<Error>(top.error());
  if (!succeeded(*top)) return failure(ErrorCode::kNotFound, "not inside a git repository");
  Changes changes{.root = first_line(top->out), .lines = {}};

  const auto no_revision = [&] {
    return failure(ErrorCode::kInvalid, fmt::format("git knows no revision '{}'", revision));
  };
  if (revision.starts_with('-')) return no_revision();  // git would take it for an option
  const Result<Finished> commit = run_git({"rev-parse", "--verify", "--quiet", revision + "^{commit}"});
  if (!commit) return tl::unexpected<Error>(commit.error());
  if (!succeeded(*commit)) return no_revision();

  const auto diff = output_of({"-C", changes.root, "diff", "--unified=0", "--no-color", "--no-ext-diff",
                               "--no-textconv", "--find-renames", "--ignore-submodules", "--src-prefix=a/",
                               "--dst-prefix=b/", first_line(commit->out), "--"});
  if (!diff) return tl::unexpected<Error>(diff.error());
  changes.lines.add_diff(*diff);

  const auto unknown = output_of({"-C", changes.root, "ls-files", "--others", "--exclude-standard", "-z"});
  if (!unknown) return tl::unexpected<Error>(unknown.error());
  for (std::string_view left = *unknown; !left.empty();) {
    const std::string_view name = left.substr(0, left.find('\0'));
    changes.lines.add_file(std::string(name));
    left.remove_prefix(std::min(name.size() + 1, left.size()));
  }
  return changes;
}

}  // namespace wicket::cli
