// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserSnapshot;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the waiting users. */
final class SnapshotReader {
  private SnapshotReader() {}

  /**
   * Reads a snapshot.
   *
   * @param library the library that users refer to; null if there is none, which is a fault
   *     elsewhere
   */
  static Users read(
      UserSnapshot snapshot, @Nullable Library library, Path snapshotPath, Faults faults) {
    if (snapshot.hasCapturedAt()) {
      Ranges.isTimestamp(snapshot.getCapturedAt(), snapshotPath, "captured_at", faults);
    }
    int count = snapshot.getUsersCount();
    String[] ids = new String[count];
    int[] models = new int[count];
    long[] uploadBytes = new long[count];
    Map<String, Integer> byId = new HashMap<>(2 * count);
    for (int user = 0; user < count; user++) {
      faults.step();
      User message = snapshot.getUsers(user);
      Path path = snapshotPath.item("users", user);
      ids[user] = message.getId();
      if (Ranges.isId(message.getId(), path, "id", faults)) {
        Integer earlier = byId.putIfAbsent(message.getId(), user);
        if (earlier != null) {
          faults.add(
              path.field("id"),
              Quoted.of(message.getId()) + " is the id of users[" + earlier + "] already");
        }
      }
      if (Ranges.isId(message.getModelId(), path, "model_id", faults) && library != null) {
        Integer model = library.modelsById().get(message.getModelId());
        if (model == null) {
          faults.add(path.field("model_id"), Quoted.of(message.getModelId()) + " is not a model");
        } else {
          models[user] = model;
        }
      }
      if (Ranges.isSigned(message.getUploadBytes(), path, "upload_bytes", faults)) {
        uploadBytes[user] = message.getUploadBytes();
      }
    }
    return new Users(ids, models, uploadBytes, byId);
  }
}
