// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import io.partialloading.planner.wire.Limits;
import picocli.CommandLine.Option;

/** The largest request. */
final class LimitOptions {
  @Option(names = "--max-users", paramLabel = "N", description = "Most users in a request.")
  private int maxUsers = Limits.DEFAULT.maxUsers();

  @Option(names = "--max-models", paramLabel = "N", description = "Most models in a library.")
  private int maxModels = Limits.DEFAULT.maxModels();

  @Option(names = "--max-blocks", paramLabel = "N", description = "Most blocks in a library.")
  private int maxBlocks = Limits.DEFAULT.maxBlocks();

  @Option(
      names = "--max-block-references",
      paramLabel = "N",
      description = "Most block ids of all models together.")
  private int maxBlockReferences = Limits.DEFAULT.maxBlockReferences();

  @Option(
      names = "--max-table-entries",
      paramLabel = "N",
      description =
          "Most entries of a library's latency and memory tables together, and most points of both"
              + " transfer profiles.")
  private int maxTableEntries = Limits.DEFAULT.maxTableEntries();

  @Option(
      names = "--max-message-bytes",
      paramLabel = "N",
      description = "Largest request on the wire.")
  private int maxMessageBytes = Limits.DEFAULT.maxMessageBytes();

  Limits settings() {
    requirePositive("--max-users", maxUsers);
    requirePositive("--max-models", maxModels);
    requirePositive("--max-blocks", maxBlocks);
    requirePositive("--max-block-references", maxBlockReferences);
    requirePositive("--max-table-entries", maxTableEntries);
    requirePositive("--max-message-bytes", maxMessageBytes);
    return new Limits(
        maxUsers, maxModels, maxBlocks, maxBlockReferences, maxTableEntries, maxMessageBytes);
  }

  private static void requirePositive(String option, int limit) {
    Range.require(option, limit, 1, Integer.MAX_VALUE);
  }
}
