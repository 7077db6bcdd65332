// The public surface: everything a scenario author, a plug-in or a program may import.

// Scenarios
export { scenario } from './scenario/scenario.ts'
export type { Scenario, ScenarioInput, SearchInput, TrialLimits } from './scenario/scenario.ts'
export type { Surface, SurfaceCell, SurfaceInput } from './scenario/surface-input.ts'
export type { Condition, Measure, MeasureInput } from './scenario/measure-input.ts'
export type { Agent, AgentFactory, Effect, Graded, RunOptions, Task, TaskInput } from './contract/task.ts'
export type { Outcome, StopReason } from './contract/outcome.ts'
export type { Arrival, Workload, WorkloadInput } from './contract/workload.ts'
export type { Profile, ProfileInput } from './contract/profile.ts'
export type { Secret } from './contract/secret.ts'
export type { Json, JsonObject } from './contract/json.ts'

export { createChaos } from './scenario/chaos.ts'
export type { Chaos, ChaosInput, ChaosResult } from './scenario/chaos.ts'

export { workloads } from './scenario/workloads.ts'
export type { WorkloadDraw, WorkloadSource } from './scenario/workload-source.ts'

// Faults
export { faults } from './faults/faults.ts'
export type { Demand, PolicyAttacks } from './faults/sources/policy.ts'
export type { Breakage } from './faults/patterns/breakage.ts'
export type { Brownout } from './faults/patterns/brownout.ts'
export type { Failover } from './faults/patterns/failover.ts'
export type { Flapping } from './faults/patterns/flap.ts'
export type { Swizzle } from './faults/patterns/swizzle.ts'
export type { Fault, FaultPlan, FaultTarget, Trigger } from './contract/fault.ts'
export type { FaultSource, PlanSource } from './faults/arbitraries/plan.ts'

// Properties
export { properties, propertyById } from './properties/properties.ts'
export { defineProperty } from './properties/define-property.ts'
export type { Judge, Property, PropertyFacts, PropertyVerdict, Witness } from './contract/property.ts'
export type { EventOf, EventType, ToolCall, TraceEvent } from './contract/event.ts'

// Objectives and declarations
export { objectives } from './objectives/objectives.ts'
export { gates } from './objectives/gates.ts'
export type { RepeatGate } from './objectives/repeat-gate-schema.ts'
export { agentSlo } from './objectives/agent-slo.ts'
export type { AgentSlo } from './objectives/agent-slo.ts'
export type { LatencyPercentile } from './objectives/indicators/indicator-objectives.ts'
export type { Prices, PricesInput } from './objectives/indicators/prices.ts'
export type { Objective } from './objectives/objective-schema.ts'
export type { Until } from './objectives/until.ts'
export type { Population } from './objectives/population.ts'
export { readTauBenchRuns } from './objectives/tau-bench-runs.ts'
export type { LeftOutRecord, RecordedRuns } from './objectives/recorded-runs.ts'
export type { OutcomesByTask, TaskOutcomes } from './objectives/task-outcomes.ts'
export type { Consistency } from './objectives/consistency-schema.ts'
export { judgeRecordedRuns } from './results/judge-recorded-runs.ts'
export type { JudgedRuns, RecordedTerms } from './results/judge-recorded-runs.ts'
export { readDeclarations } from './objectives/read-declarations.ts'
export type { AccuracyDeclaration, DeclaredValue } from './objectives/accuracy-declaration.ts'

// Error budgets
export { alerts } from './objectives/alerts/alert-rules.ts'
export type { AlertOverrides, AlertRules, Thresholds } from './objectives/alerts/alert-rules.ts'
export { dependencySlo } from './objectives/dependencies/dependency-slo.ts'
export type { DependencySlo } from './objectives/dependencies/dependency-slo.ts'
export { errorBudget } from './objectives/budgets/error-budget.ts'
export type { ErrorBudget, ErrorBudgetInput } from './objectives/budgets/error-budget.ts'
export { burnRate } from './objectives/budgets/burn-rate.ts'
export type { BurnRate, BurnWindow, CountedEvents } from './objectives/budgets/burn-rate.ts'
export { burnAlerts } from './objectives/budgets/burn-alerts.ts'
export type { BurnAlert, BurnAlertOptions } from './objectives/budgets/burn-alerts.ts'
export type { BurnRule } from './objectives/budgets/burn-rule.ts'
export { timeBudget } from './objectives/budgets/time-budget.ts'
export type { TimeBudgetInput } from './objectives/budgets/time-budget.ts'

// Statistics
export { statistics } from './statistics/statistics.ts'

// Upstreams
export { openAiChat } from './wire/openai/openai-chat.ts'
export type { OpenAiChatOptions } from './wire/openai/openai-chat.ts'
export type { StreamPace } from './wire/stream-pace.ts'
export { anthropicMessages } from './wire/anthropic/anthropic-messages.ts'
export type { AnthropicMessagesOptions } from './wire/anthropic/anthropic-messages.ts'
export { geminiGenerateContent } from './wire/google/gemini-generate-content.ts'
export type { GeminiGenerateContentOptions } from './wire/google/gemini-generate-content.ts'
export { bedrockConverse } from './wire/bedrock/bedrock-converse.ts'
export type { BedrockConverseOptions } from './wire/bedrock/bedrock-converse.ts'
export { openAiEmbeddings } from './wire/openai/embeddings.ts'
export type { OpenAiEmbeddingsOptions } from './wire/openai/embeddings.ts'
export { openAiResponses } from './wire/openai-responses/openai-responses.ts'
export type { OpenAiResponsesOptions } from './wire/openai-responses/openai-responses.ts'
export { toolBackend, toolResult } from './wire/tool-backend.ts'
export type { ToolBackendOptions, ToolCallContext } from './wire/tool-backend.ts'
export { mcpServer } from './wire/mcp/mcp-server.ts'
export type { McpServerOptions } from './wire/mcp/mcp-server.ts'
export { faultyMcpTransport } from './wire/mcp/faulty-transport.ts'
export type { FaultyMcpTransportOptions } from './wire/mcp/faulty-transport.ts'
export type { McpTransport } from './wire/mcp/mcp-pipe.ts'
export { mcpFailure, mcpResult } from './wire/mcp/mcp-tool.ts'
export type { McpTool, McpToolContext, McpToolResult } from './wire/mcp/mcp-tool.ts'
export { faultable } from './wire/functions/faultable.ts'
export type { FunctionSeam } from './wire/functions/faultable.ts'
export { localFunction } from './wire/functions/local-function.ts'
export type { LocalFunction } from './wire/functions/local-function.ts'
export { sqliteStore } from './wire/stores/sqlite-store.ts'
export type { SqliteStore, SqliteStoreOptions } from './wire/stores/sqlite-store.ts'
export { nockCassette } from './wire/cassettes/nock-cassette.ts'
export type { NockCassetteOptions } from './wire/cassettes/nock-cassette.ts'
export { modelCassette } from './wire/cassettes/model-cassette.ts'
export type { ModelCassetteOptions } from './wire/cassettes/model-cassette.ts'
export { fromMswHandlers, toMswHandlers } from './wire/transports/msw-handlers.ts'
export { policyService } from './wire/policy-service.ts'
export type { PolicyServiceOptions } from './wire/policy-service.ts'
export { telemetryCollector } from './wire/telemetry-collector.ts'
export type { TelemetryCollectorOptions } from './wire/telemetry-collector.ts'
export { approvalService } from './wire/approval-service.ts'
export type { ApprovalServiceOptions, Decision } from './wire/approval-service.ts'
export type { ModelScript, ModelTurn, ScriptedReply, ScriptedToolCall, TurnMessage } from './wire/model-script.ts'
export type { Upstream } from './wire/upstream.ts'

// Configuration
export { defineConfig } from './runner/config.ts'

// Results
export { answerQuestions } from './results/questions/answer-questions.ts'
export type { Answer } from './results/questions/answer.ts'
export type { MeasureResult, MeasuredCondition } from './results/measure-schema.ts'
export { suggestSlo } from './results/suggest-slo.ts'
export type { SloSuggestion, SuggestedLimit, SuggestedTarget } from './results/suggest-slo.ts'
export { readResults } from './results/read-results.ts'
export type {
  AcceptedFinding,
  Finding,
  PropertyResult,
  Results,
  ScenarioResult,
  Verdict,
} from './results/results-schema.ts'
export { ShakedownError } from './contract/errors.ts'
