// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import io.partialloading.planner.v1.AnalyzeLibraryResponse;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.SharedBlock;
import io.partialloading.planner.v1.SharingComponent;
import io.partialloading.planner.v1.SharingStructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What sharing a library has, as people read it: in all, by component, and by block. */
public final class AnalysisTable {
  private static final int MAX_MODEL_WIDTH = 24;
  private static final int MAX_BLOCKS = 10;

  private final AnalyzeLibraryResponse analysis;
  private final BlockNames names;

  /** The components of several models; those of one come after them, and are only counted. */
  private final List<SharingComponent> sharing;

  /** What an analysis says of a library. */
  public AnalysisTable(BlockLibrary library, AnalyzeLibraryResponse analysis) {
    this.analysis = analysis;
    this.names = new BlockNames(library);
    this.sharing =
        analysis.getComponentsList().stream().filter(c -> c.getModelIdsCount() > 1).toList();
  }

  /** The whole text, with an empty line at its end. */
  public String print(String title) {
    Text text = new Text();
    text.line(Text.printable(title));
    summary(text);
    if (!sharing.isEmpty()) {
      components(text.line(""));
      breakingBlocks(text);
      privateBlocks(text);
      mostSharedBlocks(text.line(""));
    }
    return text.line("").toString();
  }

  private void summary(Text text) {
    int models =
        analysis.getComponentsList().stream().mapToInt(SharingComponent::getModelIdsCount).sum();
    int alone = analysis.getComponentsCount() - sharing.size();
    text.line(
        "  models      %d, %d of them sharing in %s"
            .formatted(
                models,
                models - alone,
                sharing.size() + (sharing.size() == 1 ? " component" : " components")));
    text.line("  sharing     " + PlanFacts.name(analysis.getSharingStructure()));
    text.line(
        "  stored      %s MB; %s MB if nothing were shared, %s saved"
            .formatted(
                Unit.megabytes(analysis.getStoredBytes()),
                Unit.megabytes(analysis.getUnsharedBytes()),
                saved(analysis.getStoredBytes(), analysis.getUnsharedBytes())));
  }

  private void components(Text text) {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "component",
          "first model",
          "models",
          "sharing",
          "planned",
          "stored MB",
          "unshared MB",
          "saved"
        });
    for (SharingComponent component : sharing) {
      rows.add(
          new String[] {
            Integer.toString(rows.size()),
            Text.clipped(Text.printable(component.getModelIds(0)), MAX_MODEL_WIDTH),
            Integer.toString(component.getModelIdsCount()),
            PlanFacts.name(component.getSharingStructure()),
            component.getPlannedExactly() ? "exactly" : "by search",
            Unit.megabytes(component.getStoredBytes()),
            Unit.megabytes(component.getUnsharedBytes()),
            saved(component.getStoredBytes(), component.getUnsharedBytes())
          });
    }
    text.table(rows, 1, 3, 4);
  }

  private void breakingBlocks(Text text) {
    breakingBlocks(text, "nesting", SharingStructure.SHARING_STRUCTURE_GENERAL);
    breakingBlocks(text, "bottom-layer sharing", SharingStructure.SHARING_STRUCTURE_NESTED);
  }

  private void breakingBlocks(Text text, String broken, SharingStructure structure) {
    boolean isFirst = true;
    for (int c = 0; c < sharing.size(); c++) {
      SharingComponent component = sharing.get(c);
      if (component.getSharingStructure() == structure) {
        if (isFirst) {
          text.line("").line("  blocks that break " + broken);
          isFirst = false;
        }
        text.list(
            String.format(Locale.ROOT, "  %9d  ", c + 1),
            firstBlocks(component.getBreakingBlockIdsList(), component.getBreakingBlockCount()));
      }
    }
  }

  /** What general components need to become nested. */
  private void privateBlocks(Text text) {
    boolean isFirst = true;
    for (int c = 0; c < sharing.size(); c++) {
      SharingComponent component = sharing.get(c);
      if (component.getPrivateBlockIdsCount() > 0) {
        if (isFirst) {
          text.line("").line("  least to make private (a copy for each model) for nested sharing");
          isFirst = false;
        }
        String bytes = Unit.megabytes(component.getPrivateBytes()) + " MB";
        boolean isLeast = component.getPrivateBytes() == component.getPrivateBytesLowerBound();
        String bound =
            " (at least " + Unit.megabytes(component.getPrivateBytesLowerBound()) + " MB)";
        text.list(
            String.format(Locale.ROOT, "  %9d  %s  ", c + 1, isLeast ? bytes : bytes + bound),
            firstBlocks(component.getPrivateBlockIdsList(), component.getPrivateBlockIdsCount()));
      }
    }
  }

  /** The first of some blocks by name, and how many more there are. */
  private List<String> firstBlocks(List<Integer> ids, int count) {
    List<String> blocks = new ArrayList<>();
    ids.stream().limit(MAX_BLOCKS).forEach(id -> blocks.add(names.name(id)));
    if (blocks.size() < count) {
      blocks.add("and " + (count - blocks.size()) + " more");
    }
    return blocks;
  }

  private void mostSharedBlocks(Text text) {
    text.line("  most shared blocks");
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"   models", "size MB", "block"});
    for (SharedBlock block : analysis.getMostSharedBlocksList()) {
      rows.add(
          new String[] {
            Integer.toString(block.getModelCount()),
            Unit.megabytes(block.getSizeBytes()),
            names.name(block.getBlockId())
          });
    }
    text.table(rows, 2);
  }

  private static String saved(long stored, long unshared) {
    return unshared == 0
        ? "nothing"
        : String.format(Locale.ROOT, "%.1f%%", 100 * (1 - (double) stored / unshared));
  }
}
