// The yardstick for reading YAML: what yaml-cpp alone needs for the same bytes. Every file named on the command line is
// read whole and its events go to a handler that drops them. Prints bytes, documents and the CPU time (user and system)
// of the whole process.
#include <sys/resource.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <cstddef>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

namespace {

class Sink final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
  void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
  void OnScalar(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                const std::string& /*value*/) override {}
  void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value /*style*/) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {}
  void OnMapEnd() override {}
};

struct Totals {
  std::size_t bytes = 0;
  std::size_t documents = 0;
};

void parse(std::string text, Totals& totals) {
  totals.bytes += text.size();
  std::istringstream stream(std::move(text));
  YAML::Parser parser(stream);
  Sink sink;
  while (parser.HandleNextDocument(sink)) ++totals.documents;
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  Totals totals;
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary | std::ios::ate);
    std::string text;
    if (file) {
      text.resize(static_cast<std::size_t>(file.tellg()));
      file.seekg(0);
      file.read(text.data(), static_cast<std::streamsize>(text.size()));
    }
    if (!file) {
      std::fprintf(stderr, "bare_parse: cannot read %s\n", argv[i]);
      return 3;
    }
    try {
      parse(std::move(text), totals);
    } catch (const YAML::Exception& error) {
      std::fprintf(stderr, "bare_parse: %s: %s\n", argv[i], error.what());
      return 1;
    }
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("bytes %zu documents %zu cpu %.3f\n", totals.bytes, totals.documents,
              seconds(usage.ru_utime) + seconds(usage.ru_stime));
}
