package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.federate.Clients;
import dev.lanewise.runtime.federate.Federation;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.plan.Preparation;
import java.util.Arrays;
import java.util.List;

/** Clients on this machine, as many at a time as there are workers, each on one of their threads. */
final class LocalClients implements Clients {
  private final Workers workers;
  private final Client[] places;

  /** @throws dev.lanewise.runtime.tensor.MemoryException if they would need more memory than there is */
  LocalClients(Model model, DataSplit data, TrainSettings settings, int[][] mine, KernelSet kernels, Workers workers, Preparation preparation) {
    this.workers = workers;
    Federation federation = settings.federation().orElseThrow();
    Plan plan = Client.plan(model, settings, kernels, preparation);
    long parameters = model.graph().parameterCount();
    BatchRunner.checkMemory(
        model.name(), plan, workers, Client.batch(federation, mine), parameters * (Descent.kept(settings) + 2) * workers.count(), parameters * (federation.method().corrects() ? mine.length : 0));
    this.places = new Client[Math.min(workers.count(), federation.chosen(mine.length))];
    Arrays.setAll(places, _ -> new Client(model, data, settings, mine, plan));
  }

  @Override
  public int together() {
    return places.length;
  }

  @Override
  public List<Sent> train(Given given, List<Called> called) {
    Sent[] sent = new Sent[called.size()];
    workers.run(sent.length, (_, i) -> sent[i] = places[i].train(given, called.get(i)));
    return List.of(sent);
  }

  @Override
  public void close() {
    Arrays.stream(places).forEach(Client::close);
  }
}
